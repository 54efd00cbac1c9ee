"""Runs one framework for `jacobench peers`: a request a line on stdin, a reply a line on stdout, all of it JSON.

    python runner.py MODULE

MODULE is a file beside this one; it has NAME, start(threads), versions(), device(), WAYS, load(layers, x, plan) and
prepare(case, way), which gives a function without arguments: one run, waited for until it is done. The requests and
replies are described in ../protocol.ts.
"""

import base64
import importlib
import json
import os
import sys
import time
import traceback

# Frameworks print as they like: stdout is kept for replies alone, and what they print goes to stderr.
replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)


def numbers(text):
    """Base64 of float64 to a NumPy array of shape [length]."""
    import numpy

    return numpy.frombuffer(base64.b64decode(text), dtype="<f8").copy()


def layer(message):
    """A dense layer's arrays in the place of their texts."""
    if message["kind"] != "dense":
        return {"kind": message["kind"]}
    shape = (message["rows"], message["columns"])
    return {
        "kind": "dense",
        "weights": numbers(message["weights"]).reshape(shape),
        "bias": numbers(message["bias"]),
    }


class Server:
    """Answers requests with a framework; keeps the chains and the prepared ways."""

    def __init__(self, module_name):
        self.module_name = module_name
        self.module = None
        self.cases = {}
        self.runs = {}

    def hello(self, request):
        if request["threads"] == 1 and hasattr(os, "sched_setaffinity"):
            # Thread pools may ignore what they are asked for; nothing escapes from one processor.
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        try:
            self.module = importlib.import_module(self.module_name)
        except (ImportError, OSError) as error:
            return {"kind": "absent", "message": f"{type(error).__name__}: {error}"}
        self.module.start(request["threads"])
        return {
            "kind": "ready",
            "name": self.module.NAME,
            "versions": {**self.module.versions(), "python": sys.version.split()[0]},
            "device": self.module.device(),
            "ways": self.module.WAYS,
        }

    def load(self, request):
        layers = [layer(message) for message in request["layers"]]
        plan = (request["plan"] or {}).get(self.module_name.removesuffix("_ways"))
        self.cases[request["case"]] = self.module.load(layers, numbers(request["x"]), plan)
        return {"kind": "loaded"}

    def prepare(self, request):
        import numpy

        key = (request["case"], request["way"])
        start = time.perf_counter()
        run = self.module.prepare(self.cases[request["case"]], request["way"])
        value = run()
        seconds = time.perf_counter() - start
        self.runs[key] = run
        array = self.module.to_numpy(value)
        return {
            "kind": "prepared",
            "seconds": seconds,
            "dtype": str(array.dtype),
            "shape": list(array.shape),
            "jacobian": base64.b64encode(numpy.ascontiguousarray(array, dtype="<f8").tobytes()).decode(),
        }

    def time(self, request):
        run = self.runs[(request["case"], request["way"])]
        cpu = time.process_time()
        start = time.perf_counter()
        for _ in range(request["runs"]):
            run()
        seconds = time.perf_counter() - start
        return {"kind": "timed", "seconds": seconds, "cpuSeconds": time.process_time() - cpu}


def main():
    server = Server(sys.argv[1])
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = getattr(server, request["kind"])(request)
        except Exception as error:
            traceback.print_exc()
            reply = {"kind": "failed", "message": f"{type(error).__name__}: {error}"}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


if __name__ == "__main__":
    try:
        main()
    except (KeyboardInterrupt, BrokenPipeError):
        pass
