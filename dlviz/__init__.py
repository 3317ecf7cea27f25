"""Deep learning you can watch: small, real networks that train while you look, stop, rewind, poke and compare them."""
