"""The five models side by side: what each is made of, what it costs, and how well it does, measured here and now."""
