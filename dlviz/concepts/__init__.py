"""One folder for each concept of deep learning: its questions, its computations, its figures and its panels."""
