"""The parts of the page on logistic regression."""
