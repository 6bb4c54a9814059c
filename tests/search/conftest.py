"""The stores of the store's tests, for search."""

from tests.store.conftest import make, server, store, url

__all__ = ["make", "server", "store", "url"]
