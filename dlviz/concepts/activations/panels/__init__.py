"""The parts of the page on activation functions."""
