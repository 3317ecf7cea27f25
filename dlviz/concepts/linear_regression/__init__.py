"""Linear regression: a line, or a plane of many columns, learns by gradient descent beside its closed form."""
