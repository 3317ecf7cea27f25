"""Activation functions: the bend after every sum, its slope, and what both do to signals and gradients."""
