"""Recurrent networks: names, signs and years, read step by step."""
