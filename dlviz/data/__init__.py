"""Data: from the name of a data set to its examples."""
