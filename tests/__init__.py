"""The proofs; their paths mirror the paths of what they prove."""
