"""The computation graph: a pure description of what is computed, and the chain rule by hand. It knows only numpy."""
