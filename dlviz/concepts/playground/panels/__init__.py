"""The parts of the playground's page, from top to bottom."""
