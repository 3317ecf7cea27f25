"""Probes: from a network and what goes in to what can be seen inside."""
