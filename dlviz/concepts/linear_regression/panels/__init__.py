"""The panels of the page about linear regression: the stage, its controls, and what is looked at closer."""
