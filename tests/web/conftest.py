"""What tests of the site share: the Chromium of the tests of pages."""

from tests.pages.conftest import browser

__all__ = ["browser"]
