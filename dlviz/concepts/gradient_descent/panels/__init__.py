"""The parts of the page about gradient descent."""
