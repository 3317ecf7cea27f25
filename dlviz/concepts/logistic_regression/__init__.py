"""Logistic regression: a line becomes a probability."""
