"""What all tests share: compiled statements, the log put back after each, the profiles of hypothesis."""

import gc
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import HealthCheck, Phase, settings

from tests.compiled import compiled_once

settings.register_profile(
    "tests",
    deadline=None,  # how fast one example was says how busy the machine is
    suppress_health_check=(HealthCheck.too_slow,),
)
settings.load_profile("tests")
settings.register_profile(
    "mutants",
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # a mutant is dead at its first failure, however long
    suppress_health_check=(HealthCheck.too_slow,),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was collected stays to the end: the collector of garbage need not look through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True, scope="session")
def statements() -> Iterator[None]:
    """What one test's store had SQLAlchemy compile need not be compiled for the next."""
    with compiled_once():
        yield


@pytest.fixture(autouse=True)
def log_of_its_own() -> Iterator[None]:
    """A node that ran in this process has its log where that test looked: the next test's is elsewhere."""
    yield
    if structlog.is_configured():
        structlog.reset_defaults()
