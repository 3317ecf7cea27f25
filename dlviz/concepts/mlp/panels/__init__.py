"""The panels of the page about multilayer perceptrons."""
