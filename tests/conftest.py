"""What tests of every kind share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the bundled model is prepared, once for all tests that run it."""
    return tmp_path_factory.mktemp("cache")
