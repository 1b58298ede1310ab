"""The weights that ship, as a training goes on from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from parley.index.models.passage_reader import ENCODER, HEADS

if TYPE_CHECKING:
    from torch import Tensor

HEAD_NAMES = {"tok": "token", "h": "hidden", "o": "score"}
"""Names of the heads in a checkpoint, and in the file that ships."""


def packaged_weights() -> dict[str, Tensor]:
    """The state of `PassageReaderModel` that the shipped files hold; matrices and tables as their 8-bit numbers tell them."""
    import onnx
    import torch
    from onnx import numpy_helper

    graph = onnx.load(str(ENCODER)).graph
    arrays = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    found = {name: array for name, array in arrays.items() if name.startswith("bert.") and array.dtype == np.float32}
    for name in [name for name in found if name.endswith(".scale")]:
        table = name.removesuffix(".scale")
        found[table] = arrays[f"{table}.numbers"] * found.pop(name)
    for node in graph.node:
        if node.op_type == "Mul" and node.output[0].endswith("/MatMul.weight"):
            module = node.output[0].removesuffix("/MatMul.weight").strip("/").replace("/", ".")
            scale = node.input[1]
            found[f"{module}.weight"] = (arrays[scale.removesuffix(".scale") + ".numbers"] * arrays[scale]).T
    heads = np.load(HEADS)
    for own, shipped in HEAD_NAMES.items():
        found |= {f"{own}.{part}": heads[f"{shipped}.{part}"] for part in ("weight", "bias")}
    return {name: torch.tensor(np.ascontiguousarray(array)) for name, array in found.items()}
