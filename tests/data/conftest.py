"""All digits, in small."""

from tests.data.small_mnist import small_mnist

__all__ = ["small_mnist"]
