"""HIPS autograd on NumPy: a tape in plain Python, which shows what an eager tape costs."""

from importlib.metadata import version

import autograd.numpy as anp
import numpy
from autograd import jacobian as autograd_jacobian
from autograd.differential_operators import make_jvp

NAME = "autograd"

WAYS = [
    {"id": "jvp-each", "title": "make_jvp, a seed at a time", "group": "", "mode": "forward", "seeds": "one"},
    {"id": "jacobian", "title": "autograd.jacobian (a row at a time)", "group": "", "mode": "reverse", "seeds": "one"},
]

ACTIVATIONS = {
    "relu": lambda x: anp.where(x > 0, x, 0.0),
    "tanh": anp.tanh,
    "sigmoid": lambda x: 1 / (1 + anp.exp(-x)),
    "softplus": lambda x: anp.logaddexp(x, 0.0),
    "identity": lambda x: x,
}


def start(threads):
    pass


def versions():
    return {"autograd": version("autograd"), "numpy": numpy.__version__}


def device():
    return "cpu"


def load(layers, x, plan):
    return {"layers": layers, "x": x}


def prepare(case, way):
    x, layers = case["x"], case["layers"]

    def f(v):
        for layer in layers:
            if layer["kind"] == "dense":
                v = anp.dot(layer["weights"], v) + layer["bias"]
            else:
                v = ACTIVATIONS[layer["kind"]](v)
        return v

    if way == "jacobian":
        whole = autograd_jacobian(f)
        return lambda: whole(x)
    if way != "jvp-each":
        raise ValueError(f"no way {way}")
    seeds = numpy.eye(len(x))
    push = make_jvp(f)(x)
    return lambda: numpy.stack([push(seed)[1] for seed in seeds], 1)


def to_numpy(value):
    return numpy.asarray(value)
