"""The stores of the store's tests, for search."""

from tests.store.conftest import make, store, url

__all__ = ["make", "store", "url"]
