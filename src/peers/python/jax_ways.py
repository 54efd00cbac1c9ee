"""JAX: jacfwd and jacrev, jitted and eager, in float64; weights and x are arguments of what is jitted."""

from importlib.metadata import version

import jax
import jax.numpy as jnp
import numpy

NAME = "JAX"

WAYS = [
    {"id": "jacfwd-jit", "title": "jax.jit(jax.jacfwd(f))", "group": "jit", "mode": "forward", "seeds": "all"},
    {"id": "jacrev-jit", "title": "jax.jit(jax.jacrev(f))", "group": "jit", "mode": "reverse", "seeds": "all"},
    {"id": "jacfwd", "title": "jax.jacfwd(f), eager", "group": "eager", "mode": "forward", "seeds": "all"},
    {"id": "jacrev", "title": "jax.jacrev(f), eager", "group": "eager", "mode": "reverse", "seeds": "all"},
    {"id": "plan-jit", "title": "the printed plan", "group": "jit", "mode": None, "seeds": "all", "plan": True},
    {"id": "plan", "title": "the printed plan, not jitted", "group": "eager", "mode": None, "seeds": "all", "plan": True},
]

ACTIVATIONS = {
    "relu": jax.nn.relu,
    "tanh": jnp.tanh,
    "sigmoid": jax.nn.sigmoid,
    "softplus": jax.nn.softplus,
    "identity": lambda x: x,
}


def start(threads):
    jax.config.update("jax_enable_x64", True)


def versions():
    return {"jax": jax.__version__, "jaxlib": version("jaxlib"), "numpy": numpy.__version__}


def device():
    return jax.devices()[0].platform


def load(layers, x, plan):
    kinds = [layer["kind"] for layer in layers]
    parameters = [
        (jnp.asarray(layer["weights"]), jnp.asarray(layer["bias"])) if layer["kind"] == "dense" else ()
        for layer in layers
    ]
    return {"kinds": kinds, "parameters": parameters, "x": jnp.asarray(x), "plan": plan}


def functions(kinds, parameters):
    """The layers as functions of one vector, as the printed plan wants them."""

    def dense(weights, bias):
        return lambda x: weights @ x + bias

    return [
        dense(*own) if kind == "dense" else ACTIVATIONS[kind] for kind, own in zip(kinds, parameters)
    ]


def planned(case):
    """The printed statements as a function of x and the weights: they are run as they were printed."""
    through = compile(case["plan"]["through"], "plan", "exec")
    statements = compile(case["plan"]["statements"], "plan", "exec")

    def accumulate(x, parameters):
        names = {"jax": jax, "jnp": jnp, "x": x, "layers": functions(case["kinds"], parameters)}
        exec(through, names)
        exec(statements, names)
        return names["J"]

    return accumulate


def prepare(case, way):
    kinds = case["kinds"]

    def f(x, parameters):
        for layer in functions(kinds, parameters):
            x = layer(x)
        return x

    whole = {"jacfwd": jax.jacfwd, "jacrev": jax.jacrev}
    name = way.removesuffix("-jit")
    jacobian = planned(case) if name == "plan" else whole[name](f)
    if way.endswith("-jit"):
        jacobian = jax.jit(jacobian)
    x, parameters = case["x"], case["parameters"]
    return lambda: jacobian(x, parameters).block_until_ready()


def to_numpy(value):
    return numpy.asarray(value)
