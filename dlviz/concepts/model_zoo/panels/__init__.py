"""The parts of the page about the five models, in the order in which they are read."""
