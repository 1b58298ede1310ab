"""`pytest --fast`: the tests that need no browser, no model and no question sets beside the checkout."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

MODELS = ("torch", "sentence_transformers", "transformers", "onnxruntime", "spacy", "xllamacpp")
"""What runs models. Importing one of them is what makes a test slow, so a fast run skips the test that does."""
LEFT_OUT = ("browser", "slow", "bench_data")


class NoModels(MetaPathFinder):
    """Skips whatever imports a package that runs models."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:  # noqa: ARG002
        if name in MODELS:
            pytest.skip(f"needs {name}, which a fast run leaves out", allow_module_level=True)


settings.register_profile("fast", max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def leave_out_models() -> None:
    """From here on importing what runs models skips the test. Raises AssertionError where one was imported before."""
    assert not set(MODELS) & set(sys.modules), "a model was imported before the fast run began"
    sys.meta_path.insert(0, NoModels())
    settings.load_profile("fast")


def fast_only(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what needs a browser, much time, or files beside the checkout."""
    left = [item for item in items if any(item.get_closest_marker(name) for name in LEFT_OUT)]
    items[:] = [item for item in items if item not in left]
    config.hook.pytest_deselected(items=left)
