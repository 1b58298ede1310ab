"""Turns a checkpoint of the passage reader into the two files that ship: the encoder as ONNX, the heads as arrays.

    python -m parley.eval.fitting.passage_reader.export CHECKPOINT.pt [CHECKPOINT.pt ...] index/models

Of several checkpoints the mean is taken. The encoder's weights are kept in 8 bits.
Prints the files' SHA-256, which stand in `index/models/passage_reader.py`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from parley.eval.fitting.passage_reader.eight_bit import keep_weights_in_8_bits
from parley.eval.fitting.passage_reader.model import PassageReaderModel
from parley.eval.fitting.passage_reader.packaged import HEAD_NAMES

if TYPE_CHECKING:
    import torch


def export(checkpoints: Sequence[Path], folder: Path) -> list[Path]:
    """Write `passage_reader.onnx` and `passage_reader.npz`, of the checkpoints' mean, into the folder; returns their paths."""
    import torch

    model = PassageReaderModel().eval()
    states = [torch.load(checkpoint, map_location="cpu")["model"] for checkpoint in checkpoints]
    model.load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})
    encoder, heads = folder / "passage_reader.onnx", folder / "passage_reader.npz"
    _write_encoder(model.bert, encoder)
    arrays = {
        f"{shipped}.{part}": getattr(getattr(model, name), part).detach().numpy().astype(np.float32)
        for name, shipped in HEAD_NAMES.items()
        for part in ("weight", "bias")
    }
    np.savez(heads, **arrays)
    return [encoder, heads]


def _write_encoder(bert: torch.nn.Module, path: Path) -> None:
    """Trace the encoder with free lengths, and keep its weights in 8 bits."""
    import onnx
    import torch
    from onnxruntime.quantization.shape_inference import quant_pre_process

    class Encoder(torch.nn.Module):  # type: ignore[misc]  # torch is not followed by mypy
        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            return self.bert(input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask).last_hidden_state

    names = ["input_ids", "token_type_ids", "attention_mask"]
    sample = tuple(torch.ones(1, 24, dtype=torch.long) for _ in names)
    free = {0: "passages", 1: "tokens"}
    with tempfile.TemporaryDirectory() as scratch:
        full, shaped = Path(scratch) / "full.onnx", Path(scratch) / "shaped.onnx"
        torch.onnx.export(
            Encoder().eval(),
            sample,
            str(full),
            input_names=names,
            output_names=["hidden"],
            dynamic_axes=dict.fromkeys([*names, "hidden"], free),
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(full), str(shaped), skip_symbolic_shape=True)
        encoder = onnx.load(str(shaped))
        keep_weights_in_8_bits(encoder)
        onnx.save(encoder, str(path))


def main() -> None:
    """Write the files named on the command line."""
    parser = argparse.ArgumentParser(description="Export the passage reader.")
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    for path in export(options.checkpoints, options.folder):
        with path.open("rb") as file:
            print(f"{path.name}  {path.stat().st_size:,} bytes  {file_digest(file, 'sha256').hexdigest()}")  # noqa: T201


if __name__ == "__main__":
    main()
