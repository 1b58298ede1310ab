"""Timing an extractor by processor time, with what it loads on its first text left out."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from parley.eval.studies.attribution import Prediction, predictor_of
from parley.index.statements import StatementExtractor
from parley.index.types import Document

_WARM_UP = "The envoy said that the talks would go on."


class Stopwatch:
    """Gives predictions and adds up the processor time they take.

    Attributes:
        seconds: processor time of all predictions so far.
    """

    def __init__(self, extractor: StatementExtractor) -> None:
        self.seconds = 0.0
        self._predict = predictor_of(extractor)
        extractor.extract(Document.from_text(_WARM_UP, id="warm-up"))

    def predict(self, report: Mapping[str, Any]) -> Sequence[Prediction]:
        """The predictions for one line of a gold file."""
        started = time.process_time()
        found = self._predict(report)
        self.seconds += time.process_time() - started
        return found
