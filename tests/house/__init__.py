"""Rules of the house that no compiler keeps: who may import whom, what is documented, what is never used."""
