"""Export: what was learnt on screen, to take home."""
