"""Backpropagation: a computation graph, its gradients one operation at a time, and the update that follows."""
