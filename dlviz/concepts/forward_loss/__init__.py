"""The forward pass and the loss: a small network taken apart, number by number."""
