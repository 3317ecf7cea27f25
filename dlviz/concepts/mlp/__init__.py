"""The multilayer perceptron: layers of simple units that add up to any function."""
