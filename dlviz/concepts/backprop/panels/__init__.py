"""The parts of the page, in the order in which it is read."""
