"""Times NumPy and JAX for the benchmarks: reads one JSON command a line, answers with one JSON line.

Commands: {"do": "versions"}
          {"do": "numpy", "operation": "matvec" | "vecmat" | "matmul", "width": 256, "seconds": 0.01}
          {"do": "jax", "widths": [...], "mode": "jacfwd" | "jacrev", "weights": FILE, "jacobian": FILE, "seconds": 0.01}
Answers:  {"seconds": S} for one run, {"error": ...}, and for the first call of a JAX function also "maxAbsError" against
the Jacobian in the file (float64, row by row). Weights are W_1, b_1, W_2, b_2, … and x in one file of float64.
"""

import json
import sys
import time

prepared = {}


def versions():
    found = {"python": sys.version.split()[0]}
    for name in ("numpy", "jax"):
        try:
            found[name] = __import__(name).__version__
        except ImportError:
            found[name] = None
    return found


def numpy_work(operation, width):
    """Fresh operands: where they happen to lie changes BLAS by a tenth and more. Vectors as one writes it in NumPy."""
    import numpy as np

    rng = np.random.default_rng()
    A, x = rng.random((width, width)), rng.random(width)
    if operation == "matmul":
        B, C = rng.random((width, width)), np.empty((width, width))
        return lambda: np.matmul(A, B, out=C)
    return (lambda: A @ x) if operation == "matvec" else (lambda: x @ A)


def jax_work(widths, mode, weights, jacobian):
    import jax
    import numpy as np

    jax.config.update("jax_enable_x64", True)
    entries = np.fromfile(weights)
    layers, place = [], 0
    for columns, rows in zip(widths, widths[1:]):
        W = entries[place : place + rows * columns].reshape(rows, columns)
        place += rows * columns
        layers.append((jax.numpy.asarray(W), jax.numpy.asarray(entries[place : place + rows])))
        place += rows
    x = jax.numpy.asarray(entries[place:])

    def f(x, layers):
        for i, (W, b) in enumerate(layers):
            x = W @ x + b
            if i + 1 < len(layers):
                x = jax.numpy.tanh(x)
        return x

    # Weights and x are arguments of the jitted function, so that the compiler folds nothing.
    compiled = jax.jit(getattr(jax, mode)(f))
    J = compiled(x, layers)
    assert J.dtype == np.float64, J.dtype
    expected = np.fromfile(jacobian).reshape(widths[-1], widths[0])
    error = float(np.max(np.abs(np.asarray(J) - expected)))
    return (lambda: compiled(x, layers).block_until_ready()), error


def seconds_of(run, seconds):
    """Seconds of one run: the fastest of three batches that last a third of `seconds` each."""
    count, elapsed = 1, 0.0
    while True:
        start = time.perf_counter()
        for _ in range(count):
            run()
        elapsed = time.perf_counter() - start
        if elapsed >= seconds / 6 or count > 1_000_000:
            break
        count *= 2
    count = max(1, round(count * seconds / 3 / max(elapsed, 1e-9)))
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        for _ in range(count):
            run()
        best = min(best, (time.perf_counter() - start) / count)
    return best


def answer(command):
    if command["do"] == "versions":
        return versions()
    if command["do"] == "numpy":
        return {"seconds": seconds_of(numpy_work(command["operation"], command["width"]), command["seconds"])}
    key = json.dumps({name: value for name, value in command.items() if name != "seconds"})
    more = {}
    if key not in prepared:
        run, error = jax_work(command["widths"], command["mode"], command["weights"], command["jacobian"])
        prepared[key] = run
        more = {"maxAbsError": error}
    return {"seconds": seconds_of(prepared[key], command["seconds"]), **more}


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as problem:
        reply = {"error": f"{type(problem).__name__}: {problem}"}
    print(json.dumps(reply), flush=True)
