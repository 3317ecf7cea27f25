"""Gradient descent: optimizers race down surfaces, one of them the loss of a real network."""
