"""The digit lab: a convolutional network learns to read handwritten digits, and is opened up."""
