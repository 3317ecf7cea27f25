"""The parts of the page about the forward pass and the loss."""
