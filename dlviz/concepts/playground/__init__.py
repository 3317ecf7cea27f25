"""The playground: a neural network that you can build, train, rewind and break."""
