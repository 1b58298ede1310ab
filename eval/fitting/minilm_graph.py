"""Writes how all-MiniLM-L6-v2 is computed, as an ONNX graph without its weights: token ids in, unit vectors out.

    python -m parley.eval.fitting.minilm_graph index/models/minilm.onnx

The graph names its weights as the published `model.safetensors` does and holds none of them; they are handed over when it is
loaded. It takes texts of one length, for texts are encoded one by one. Prints the file's SHA-256, which stands in
`index/models/minilm.py`. Needs the package onnx.
"""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

WIDTH, HEADS, LAYERS, INNER, VOCABULARY, PLACES = 384, 12, 6, 1536, 30522, 512
"""The sizes in the published `config.json`."""

_EPSILON = 1e-12
"""Added to variances, as in `config.json`."""


class _Graph:
    """Nodes and named values of a graph in the making; each method adds one step and returns the name of what comes out."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.values: list[TensorProto] = []

    def weight(self, name: str, *shape: int) -> str:
        """A weight of that name and shape, which lies outside the graph."""
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="model.safetensors")
        self.values.append(tensor)
        return name

    def constant(self, name: str, value: int | list[int]) -> str:
        """Whole numbers that the graph holds itself."""
        self.values.append(numpy_helper.from_array(np.array(value, dtype=np.int64), name))
        return name

    def step(self, operator: str, inputs: list[str], name: str, domain: str = "", **settings: float) -> str:
        """One operator."""
        self.nodes.append(helper.make_node(operator, inputs, [name], domain=domain, **settings))
        return name

    def linear(self, value: str, layer: str, shape: tuple[int, int], name: str) -> str:
        """A linear layer; `shape` is (outputs, inputs)."""
        weights = [self.weight(f"{layer}.weight", *shape), self.weight(f"{layer}.bias", shape[0])]
        return self.step("Gemm", [value, *weights], name, transB=1)

    def normalised(self, value: str, layer: str, name: str) -> str:
        """A layer norm over the last axis."""
        weights = [self.weight(f"{layer}.{part}", WIDTH) for part in ("weight", "bias")]
        return self.step("LayerNormalization", [value, *weights], name, axis=-1, epsilon=_EPSILON)


def minilm_graph() -> ModelProto:
    """Ids of shape (texts, tokens) to `vectors` of shape (texts, 384), each of length 1: the mean over the tokens, normalised."""
    graph = _Graph()
    graph.constant("flat", [-1, WIDTH])
    rows = graph.step("Reshape", [_embedded(graph), "flat"], "embedded_rows")
    for layer in range(LAYERS):
        rows = _layer(graph, rows, layer)
    graph.step("Reshape", [rows, "shape"], "hidden")
    graph.step("ReduceMean", ["hidden", graph.constant("over_tokens", [1])], "mean", keepdims=0)
    graph.step("LpNormalization", ["mean"], "vectors", axis=-1, p=2)
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])
    vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", WIDTH])
    made = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", [ids], [vectors], initializer=graph.values)
    operators = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(made, opset_imports=operators, ir_version=9)


def _embedded(graph: _Graph) -> str:
    """The sum of what a token's word, its place and its kind (all of them the first kind) stand for, normalised."""
    zero, one = graph.constant("zero", 0), graph.constant("one", 1)
    graph.step("Shape", ["input_ids"], "ids_shape")
    graph.step("Gather", ["ids_shape", one], "token_count")
    graph.step("Range", [zero, "token_count", one], "places")
    graph.step("Gather", [graph.weight("embeddings.word_embeddings.weight", VOCABULARY, WIDTH), "input_ids"], "of_words")
    graph.step("Gather", [graph.weight("embeddings.position_embeddings.weight", PLACES, WIDTH), "places"], "of_places")
    graph.step("Gather", [graph.weight("embeddings.token_type_embeddings.weight", 2, WIDTH), zero], "of_kind")
    graph.step("Add", ["of_places", "of_kind"], "of_places_and_kind")
    graph.step("Add", ["of_words", "of_places_and_kind"], "embedded_sum")
    graph.step("Shape", ["embedded_sum"], "shape")
    return graph.normalised("embedded_sum", "embeddings.LayerNorm", "embedded")


def _layer(graph: _Graph, rows: str, number: int) -> str:
    """Attention and the two linear layers after it, over one row per token of all texts."""
    layer, own = f"encoder.layer.{number}", f"layer_{number}"
    parts = []
    for part in ("query", "key", "value"):
        part_rows = graph.linear(rows, f"{layer}.attention.self.{part}", (WIDTH, WIDTH), f"{own}_{part}_rows")
        parts.append(graph.step("Reshape", [part_rows, "shape"], f"{own}_{part}"))
    graph.step("MultiHeadAttention", parts, f"{own}_attended", "com.microsoft", num_heads=HEADS)
    attended = graph.step("Reshape", [f"{own}_attended", "flat"], f"{own}_attended_rows")
    projected = graph.linear(attended, f"{layer}.attention.output.dense", (WIDTH, WIDTH), f"{own}_projected")
    graph.step("Add", [projected, rows], f"{own}_attention_sum")
    attention = graph.normalised(f"{own}_attention_sum", f"{layer}.attention.output.LayerNorm", f"{own}_attention")
    inner = graph.linear(attention, f"{layer}.intermediate.dense", (INNER, WIDTH), f"{own}_inner")
    bent = graph.step("Gelu", [inner], f"{own}_bent")
    outer = graph.linear(bent, f"{layer}.output.dense", (WIDTH, INNER), f"{own}_outer")
    graph.step("Add", [outer, attention], f"{own}_sum")
    return graph.normalised(f"{own}_sum", f"{layer}.output.LayerNorm", f"{own}_rows")


def main() -> None:
    """Write the file named on the command line."""
    parser = argparse.ArgumentParser(description="Write the graph of all-MiniLM-L6-v2.")
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    data = minilm_graph().SerializeToString(deterministic=True)
    options.file.write_bytes(data)
    print(f"{options.file.name}  {len(data):,} bytes  {sha256(data).hexdigest()}")  # noqa: T201


if __name__ == "__main__":
    main()
