"""Words to the word pieces of all-MiniLM-L6-v2, by the library tokenizers: what its encoder and the trained reader read."""

from __future__ import annotations

from functools import cache
from hashlib import file_digest
from pathlib import Path
from typing import Any

from parley.index.errors import ModelError

_FILE = Path(__file__).with_name("word_pieces.json")
_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
"""Digest of `tokenizer.json` as published for sentence-transformers/all-MiniLM-L6-v2, which the file is a copy of."""

BEGIN, SEPARATOR = 101, 102
"""Ids of [CLS] and [SEP] in the vocabulary."""


@cache
def word_pieces() -> Any:  # noqa: ANN401  (tokenizers has no types)
    """The tokenizer, which neither pads nor cuts; one for all, since nobody changes it. Raises ModelError if it was altered."""
    from tokenizers import Tokenizer

    if not _FILE.is_file():
        msg = f"The file of word pieces {_FILE} is missing. Reinstall Parley."
        raise ModelError(msg)
    with _FILE.open("rb") as file:
        found = file_digest(file, "sha256").hexdigest()
    if found != _SHA256:
        msg = f"The file of word pieces {_FILE} has SHA-256 {found}, expected {_SHA256}. Reinstall Parley."
        raise ModelError(msg)
    tokenizer = Tokenizer.from_file(str(_FILE))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
