"""PyTorch on the CPU: torch.func (before 2.0: functorch) in one vectorised call or a seed at a time, and autograd by rows."""

import inspect

import torch

try:
    import torch.func as func
except ImportError:
    import functorch as func

NAME = "PyTorch"

#: From torch 2.0 on; before, the same is written as a loop over vjp.
CHUNKS = "chunk_size" in inspect.signature(func.jacrev).parameters

WAYS = [
    {"id": "jacfwd", "title": "torch.func.jacfwd(f)", "group": "func", "mode": "forward", "seeds": "all"},
    {"id": "jacrev", "title": "torch.func.jacrev(f)", "group": "func", "mode": "reverse", "seeds": "all"},
    {
        "id": "jvp-each",
        "title": "torch.func.jvp, a seed at a time",
        "group": "func by seed",
        "mode": "forward",
        "seeds": "one",
    },
    {
        "id": "jacrev-chunk-1",
        "title": "torch.func.jacrev(f, chunk_size=1)" if CHUNKS else "torch.func.vjp, a seed at a time",
        "group": "func by seed",
        "mode": "reverse",
        "seeds": "one",
    },
    {"id": "autograd-rows", "title": "torch.autograd.grad, row by row", "group": "autograd", "mode": "reverse", "seeds": "one"},
    {"id": "plan", "title": "the printed plan", "group": "func", "mode": None, "seeds": "all", "plan": True},
]

ACTIVATIONS = {
    "relu": torch.relu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softplus": torch.nn.functional.softplus,
    "identity": lambda x: x,
}


def start(threads):
    if threads == 1:
        torch.set_num_threads(1)


def versions():
    found = {"torch": torch.__version__}
    if func.__name__ == "functorch":
        found["functorch"] = getattr(func, "__version__", "of this torch")
    return found


def device():
    return "cpu"


def load(layers, x, plan):
    def dense(weights, bias):
        return lambda x: weights @ x + bias

    own = [
        dense(torch.from_numpy(layer["weights"]), torch.from_numpy(layer["bias"]))
        if layer["kind"] == "dense"
        else ACTIVATIONS[layer["kind"]]
        for layer in layers
    ]
    return {"layers": own, "x": torch.from_numpy(x), "m": last_width(layers), "plan": plan}


def last_width(layers):
    return next(len(layer["bias"]) for layer in reversed(layers) if layer["kind"] == "dense")


def prepare(case, way):
    x, m = case["x"], case["m"]

    def f(v):
        for layer in case["layers"]:
            v = layer(v)
        return v

    if way == "plan":
        return planned(case)
    if way == "jacfwd":
        jacobian = func.jacfwd(f)
    elif way == "jacrev":
        jacobian = func.jacrev(f)
    elif way == "jacrev-chunk-1" and CHUNKS:
        jacobian = func.jacrev(f, chunk_size=1)
    elif way == "jvp-each":
        seeds = torch.eye(len(x), dtype=x.dtype)
        jacobian = lambda x: torch.stack([func.jvp(f, (x,), (seed,))[1] for seed in seeds], 1)
    elif way == "jacrev-chunk-1":
        seeds = torch.eye(m, dtype=x.dtype)

        def jacobian(x):
            _, pull = func.vjp(f, x)
            return torch.stack([pull(seed)[0] for seed in seeds])

    elif way == "autograd-rows":
        seeds = torch.eye(m, dtype=x.dtype)

        def jacobian(x):
            x = x.detach().requires_grad_()
            y = f(x)
            return torch.stack([torch.autograd.grad(y, x, seed, retain_graph=True)[0] for seed in seeds])

    else:
        raise ValueError(f"no way {way}")
    return lambda: jacobian(x)


def planned(case):
    """The printed statements, run as they were printed, on the layers and the point of this case."""
    called = {name: getattr(func, name) for name in ("jacfwd", "jacrev", "jvp", "vjp", "vmap")}
    names = {"torch": torch, **called, "x": case["x"], "layers": case["layers"]}
    exec(compile(case["plan"]["through"], "plan", "exec"), names)
    statements = compile(case["plan"]["statements"], "plan", "exec")

    def run():
        exec(statements, names)
        return names["J"]

    return run


def to_numpy(value):
    return value.detach().numpy()
