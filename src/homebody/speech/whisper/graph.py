"""Whisper's encoder and decoder as ONNX graphs, built from its weights.

Encoder: ``mel`` (1, 80, frames) to ``cross_k`` (layers, 1, heads, width, frames/2) and ``cross_v`` (layers,
1, heads, frames/2, width), which is all that the decoder wants to know. Any length up to 3,000 frames
will do.

Decoder: ``tokens`` (beams, new), the keys and values of earlier ones, ``past_k`` and ``past_v`` (layers,
beams, heads, old, width), and the encoder's two, to ``logits`` (beams, tokens kept) of the last token,
``present_k`` and ``present_v``. Tokens are numbered as they are kept: rows of the two embeddings that are
never wanted are left out.

Matrices of weights are quantised as they are built, to 8 bits with a scale for each column; what they are
multiplied with is quantised as it comes. Everything else is in single precision.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from homebody.speech.whisper.ct2 import Weights

_OPSET = 20
_FAR = -1e9


class _Builder:
    """Nodes and constants of one graph, each result with a name of its own."""

    def __init__(self, weights: Weights, heads: int) -> None:
        self.weights = weights
        self.heads = heads
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}
        self.quantised: dict[str, list[str]] = {}

    def node(self, kind: str, *inputs: str, out: str | None = None, **attributes: Any) -> str:
        name = out or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, value: NDArray[Any], name: str | None = None) -> str:
        name = name or f"constant_{len(self.constants)}"
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(value.copy(order="C"), name)
        return name

    def ints(self, *values: int) -> str:
        return self.constant(np.array(values, np.int64), "ints_" + "_".join(map(str, values)))

    def weight(self, name: str) -> str:
        return self.constant(self.weights[name], name)

    def product(self, x: str, weight: NDArray[np.float32], out: str | None = None) -> str:
        """``x`` times ``weight`` (rows are outputs), in 8 bits."""
        if x not in self.quantised:
            names = [f"{x}_{what}" for what in ("8bit", "scale", "zero")]
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], names))
            self.quantised[x] = names
        small, scale, zero = self.quantised[x]
        scales = np.maximum(np.abs(weight).max(axis=1), 1e-12) / 127
        columns = self.constant(np.rint(weight / scales[:, np.newaxis]).astype(np.int8).T)
        sums = self.node("Cast", self.node("MatMulInteger", small, columns, zero), to=TensorProto.FLOAT)
        factors = self.node("Mul", scale, self.constant(scales.astype(np.float32)))
        return self.node("Mul", sums, factors, out=out)

    def linear(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        return self.node("Add", self.product(x, weight), self.constant(bias))

    def named_linear(self, x: str, name: str) -> str:
        return self.linear(x, self.weights[f"{name}/weight"], self.weights[f"{name}/bias"])

    def norm(self, x: str, name: str) -> str:
        return self.node(
            "LayerNormalization", x, self.weight(f"{name}/gamma"), self.weight(f"{name}/beta"), epsilon=1e-5
        )

    def forward(self, x: str, layer: str) -> str:
        inner = self.named_linear(self.norm(x, f"{layer}/ffn/layer_norm"), f"{layer}/ffn/linear_0")
        return self.node("Add", x, self.named_linear(self.node("Gelu", inner), f"{layer}/ffn/linear_1"))

    def split_heads(self, x: str, order: Sequence[int]) -> str:
        """(beams, length, model) to heads; ``order`` of (beams, length, heads, width)."""
        shaped = self.node("Reshape", x, self.ints(0, 0, self.heads, -1))
        return self.node("Transpose", shaped, perm=list(order))

    def attention(self, query: str, keys: str, values: str, mask: str | None = None) -> str:
        """``query`` (b, h, new, width), ``keys`` (b, h, width, all), ``values`` (b, h, all, width)."""
        scores = self.node("MatMul", query, keys)
        if mask is not None:
            scores = self.node("Add", scores, mask)
        seen = self.node("MatMul", self.node("Softmax", scores, axis=-1), values)
        return self.node("Reshape", self.node("Transpose", seen, perm=[0, 2, 1, 3]), self.ints(0, 0, -1))

    def parts(self, name: str, count: int) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """The matrices that CTranslate2 keeps in one: of query, key and value, or of key and value."""
        weight, bias = self.weights[f"{name}/weight"], self.weights[f"{name}/bias"]
        return list(zip(np.split(weight, count), np.split(bias, count), strict=True))

    def scaled(
        self, part: tuple[NDArray[np.float32], NDArray[np.float32]]
    ) -> tuple[NDArray[np.float32], ...]:
        """A query whose products need no division by the root of their width."""
        factor = np.float32((part[0].shape[0] // self.heads) ** -0.5)
        return part[0] * factor, part[1] * factor

    def model(self, inputs: dict[str, Any], outputs: dict[str, Any]) -> onnx.ModelProto:
        def values(named: dict[str, Any]) -> list[Any]:
            return [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in named.items()]

        graph = helper.make_graph(
            self.nodes, "whisper", values(inputs), values(outputs), list(self.constants.values())
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=9)
        onnx.checker.check_model(model)
        return model


def encoder(weights: Weights, heads: int) -> onnx.ModelProto:
    b = _Builder(weights, heads)
    x = "mel"
    for name, stride in (("conv1", 1), ("conv2", 2)):
        kernel, bias = b.weight(f"encoder/{name}/weight"), b.weight(f"encoder/{name}/bias")
        x = b.node("Gelu", b.node("Conv", x, kernel, bias, kernel_shape=[3], pads=[1, 1], strides=[stride]))
    x = b.node("Transpose", x, perm=[0, 2, 1])
    length = b.node("Slice", b.node("Shape", x), b.ints(1), b.ints(2))
    places = b.node("Slice", b.weight("encoder/position_encodings/encodings"), b.ints(0), length, b.ints(0))
    x = b.node("Add", x, places)
    for number in range(weights.layers("encoder")):
        layer = f"encoder/layer_{number}"
        h = b.norm(x, f"{layer}/self_attention/layer_norm")
        query, key, value = b.parts(f"{layer}/self_attention/linear_0", 3)
        seen = b.attention(
            b.split_heads(b.linear(h, *b.scaled(query)), (0, 2, 1, 3)),
            b.split_heads(b.linear(h, *key), (0, 2, 3, 1)),
            b.split_heads(b.linear(h, *value), (0, 2, 1, 3)),
        )
        x = b.node("Add", x, b.named_linear(seen, f"{layer}/self_attention/linear_1"))
        x = b.forward(x, layer)
    x = b.norm(x, "encoder/layer_norm")
    keys, values = [], []
    for number in range(weights.layers("decoder")):
        key, value = b.parts(f"decoder/layer_{number}/attention/linear_1", 2)
        keys.append(b.node("Unsqueeze", b.split_heads(b.linear(x, *key), (0, 2, 3, 1)), b.ints(0)))
        values.append(b.node("Unsqueeze", b.split_heads(b.linear(x, *value), (0, 2, 1, 3)), b.ints(0)))
    b.node("Concat", *keys, out="cross_k", axis=0)
    b.node("Concat", *values, out="cross_v", axis=0)
    cross = (TensorProto.FLOAT, [len(keys), 1, heads, None, None])
    return b.model({"mel": (TensorProto.FLOAT, [1, 80, "frames"])}, {"cross_k": cross, "cross_v": cross})


def decoder(weights: Weights, heads: int, kept: NDArray[np.int64]) -> onnx.ModelProto:
    """``kept``: the numbers of the tokens that stay, in the order of their new numbers."""
    b = _Builder(weights, heads)
    embeddings = weights["decoder/embeddings/weight"][kept]
    # The table that tokens are looked up in is kept in half precision; the one for the logits is quantised.
    rows = b.node("Gather", b.constant(embeddings.astype(np.float16)), "tokens", axis=0)
    x = b.node("Cast", rows, to=TensorProto.FLOAT)
    new = b.node("Slice", b.node("Shape", "tokens"), b.ints(1), b.ints(2))
    old = b.node("Slice", b.node("Shape", "past_k"), b.ints(3), b.ints(4))
    all_ = b.node("Add", old, new)
    places = b.node("Slice", b.weight("decoder/position_encodings/encodings"), old, all_, b.ints(0))
    x = b.node("Add", x, places)
    mask = _mask(b, old, all_)
    keys: list[str] = []
    values: list[str] = []
    for number in range(weights.layers("decoder")):
        layer = f"decoder/layer_{number}"
        pick = b.constant(np.array(number, np.int64))
        h = b.norm(x, f"{layer}/self_attention/layer_norm")
        query, key, value = b.parts(f"{layer}/self_attention/linear_0", 3)
        present = []
        for past, part, into in (("past_k", key, keys), ("past_v", value, values)):
            fresh = b.split_heads(b.linear(h, *part), (0, 2, 1, 3))
            present.append(b.node("Concat", b.node("Gather", past, pick, axis=0), fresh, axis=2))
            into.append(b.node("Unsqueeze", present[-1], b.ints(0)))
        seen = b.attention(
            b.split_heads(b.linear(h, *b.scaled(query)), (0, 2, 1, 3)),
            b.node("Transpose", present[0], perm=[0, 1, 3, 2]),
            present[1],
            mask,
        )
        x = b.node("Add", x, b.named_linear(seen, f"{layer}/self_attention/linear_1"))
        (query,) = b.parts(f"{layer}/attention/linear_0", 1)
        h = b.linear(b.norm(x, f"{layer}/attention/layer_norm"), *b.scaled(query))
        heard = b.attention(
            b.split_heads(h, (0, 2, 1, 3)),
            b.node("Gather", "cross_k", pick, axis=0),
            b.node("Gather", "cross_v", pick, axis=0),
        )
        x = b.node("Add", x, b.named_linear(heard, f"{layer}/attention/linear_2"))
        x = b.forward(x, layer)
    last = b.node("Gather", x, b.constant(np.array(-1, np.int64)), axis=1)
    b.product(b.norm(last, "decoder/layer_norm"), embeddings, out="logits")
    b.node("Concat", *keys, out="present_k", axis=0)
    b.node("Concat", *values, out="present_v", axis=0)
    float_ = TensorProto.FLOAT
    before = (float_, [len(keys), "beams", heads, "old", None])
    cross = (float_, [len(keys), 1, heads, None, None])
    return b.model(
        {
            "tokens": (TensorProto.INT64, ["beams", "new"]),
            "past_k": before,
            "past_v": before,
            "cross_k": cross,
            "cross_v": cross,
        },
        {
            "logits": (float_, ["beams", len(kept)]),
            "present_k": (float_, [len(keys), "beams", heads, "all", None]),
            "present_v": (float_, [len(keys), "beams", heads, "all", None]),
        },
    )


def _mask(b: _Builder, old: str, all_: str) -> str:
    """(new, all): nothing where a token may look, and far below where it would look ahead."""
    scalar = b.constant(np.array([], np.int64), "scalar")
    first, end = b.node("Reshape", old, scalar), b.node("Reshape", all_, scalar)
    zero, one = b.constant(np.array(0, np.int64), "zero"), b.constant(np.array(1, np.int64), "one")
    rows = b.node("Unsqueeze", b.node("Range", first, end, one), b.ints(1))
    ahead = b.node("Greater", b.node("Range", zero, end, one), rows)
    far, near = (b.constant(np.array(value, np.float32)) for value in (_FAR, 0.0))
    return b.node("Where", ahead, far, near)
