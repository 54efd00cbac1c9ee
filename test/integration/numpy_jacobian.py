"""The Jacobian of a model file by NumPy: explicit Jacobians of all layers, multiplied. Shares no code with jacobench.

Usage: python numpy_jacobian.py MODEL.json  (the model must hold "input"); prints the rows as JSON.
"""

import json
import sys

import numpy as np


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def elementwise(kind, x):
    """Value and derivative, entry by entry."""
    if kind == "relu":
        return np.maximum(x, 0), (x > 0).astype(float)
    if kind == "tanh":
        return np.tanh(x), 1 - np.tanh(x) ** 2
    if kind == "sigmoid":
        return sigmoid(x), sigmoid(x) * (1 - sigmoid(x))
    if kind == "softplus":
        return np.log1p(np.exp(x)), sigmoid(x)
    if kind == "identity":
        return x, np.ones_like(x)
    raise ValueError(f"unknown layer {kind}")


def layer(spec, x):
    """Value y [d_i] and Jacobian [d_i, d_(i-1)] of one layer at x."""
    kind = spec["type"]
    if kind == "dense":
        w = np.array(spec["weights"], dtype=float)
        return w @ x + np.array(spec["bias"], dtype=float), w
    if kind == "linear":
        w = np.array(spec["jacobian"], dtype=float)
        return w @ x, w
    if kind == "softmax":
        p = softmax(x)
        return p, np.diag(p) - np.outer(p, p)
    if kind == "logSoftmax":
        p = softmax(x)
        return np.log(p), np.eye(len(x)) - np.outer(np.ones(len(x)), p)
    if kind == "negativeLogLikelihood":
        row = np.zeros((1, len(x)))
        row[0, spec["label"]] = -1
        return row @ x, row
    if kind == "softmaxCrossEntropy":
        p = softmax(x)
        return np.array([-np.log(p[spec["label"]])]), (p - np.eye(len(x))[spec["label"]])[None, :]
    if kind == "residual":
        y, inner = chain(spec["layers"], x)
        return y + x, inner + np.eye(len(x))
    y, slope = elementwise(kind, x)
    return y, np.diag(slope)


def chain(specs, x):
    """Value and Jacobian of layers one after another."""
    total = np.eye(len(x))
    for spec in specs:
        x, local = layer(spec, x)
        total = local @ total
    return x, total


with open(sys.argv[1], encoding="utf-8") as file:
    model = json.load(file)
_, jacobian = chain(model["layers"], np.array(model["input"], dtype=float))
print(json.dumps(jacobian.tolist()))
