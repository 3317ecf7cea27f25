"""The panels of the digit lab's page: drawing, learning, looking inside, and what to try."""
