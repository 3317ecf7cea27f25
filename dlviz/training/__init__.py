"""Training: networks that learn, step by step."""
