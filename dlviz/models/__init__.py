"""Models: from the description of a network to the network."""
