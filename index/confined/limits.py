"""What reading one file may cost."""

from __future__ import annotations

from dataclasses import dataclass

from parley.index.readers.pdf.recognising import is_installed


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Bounds on what reading one file may cost; a file that goes beyond one of them is refused.

    Attributes:
        largest_file: in bytes.
        memory: address space of the reading process in bytes. Systems that do not enforce it (macOS) leave it to the rest.
        processor_seconds: processor time for a small file.
        processor_seconds_per_megabyte: that much more for each megabyte of a larger one.
        patience: how many times the processor time may go by on the clock; on a busy machine much of it is waiting.
    """

    largest_file: int = 100 * 1024 * 1024
    memory: int = 1536 * 1024**2
    processor_seconds: float = 15.0
    processor_seconds_per_megabyte: float = 0.5
    patience: float = 8.0

    def processor_time(self, size: int) -> float:
        """Processor seconds that a file of `size` bytes may take."""
        return self.processor_seconds + self.processor_seconds_per_megabyte * size / 1024**2

    def clock_time(self, size: int) -> float:
        """Seconds on the clock after which a file of `size` bytes is given up."""
        return self.processor_time(size) * self.patience


def usual_limits() -> ReadingLimits:
    """The limits of a file; higher where the extra `ocr` is installed, whose models take a gigabyte and some seconds a page."""
    return ReadingLimits(memory=3 * 1024**3, processor_seconds=240.0, patience=4.0) if is_installed() else ReadingLimits()
