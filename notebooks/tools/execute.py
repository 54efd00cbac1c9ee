"""Runs notebooks in a Jupyter kernel, cell by cell, and writes their outputs into the same files.

Usage: python execute.py JOB.json
JOB holds `kernel`, `folder` (where the kernel runs), `log` (of the kernel), `timeout_seconds` (of a cell) and `notebooks`
(paths). Progress goes to standard output, one JSON object a line: `begin`, `cell`, `done` and `failed`. A notebook ends at
its first error, unless the cell has the tag `raises-exception`.

nbclient stops listening when the kernel says `idle`; Deno's kernel says so before its last outputs have left it. So this
listens on until nothing more arrives for a moment.
"""

import json
import queue
import sys
import time

import nbformat
from jupyter_client import KernelManager

QUIET_SECONDS = 0.06


def say(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


class CellFailed(Exception):
    """The cell that ends its notebook, and why."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def run_cell(manager, client, code, timeout_seconds):
    """Runs one cell; returns its outputs and its execution count."""
    request = client.execute(code, store_history=True, allow_stdin=False)
    end = time.monotonic() + timeout_seconds
    outputs = []
    count = None
    idle = replied = False
    while True:
        try:
            message = client.get_iopub_msg(timeout=QUIET_SECONDS)
        except queue.Empty:
            message = None
        if message is not None and message["parent_header"].get("msg_id") == request:
            kind, content = message["msg_type"], message["content"]
            if kind == "status":
                idle = idle or content["execution_state"] == "idle"
            elif kind == "execute_input":
                count = content["execution_count"]
            elif kind == "stream" and outputs and outputs[-1].get("name") == content["name"]:
                outputs[-1]["text"] += content["text"]
            elif kind in ("stream", "display_data", "execute_result", "error"):
                outputs.append(nbformat.v4.output_from_msg(message))
            continue
        if not replied:
            try:
                reply = client.get_shell_msg(timeout=0.001)
                replied = reply["parent_header"].get("msg_id") == request
            except queue.Empty:
                pass
        # Quiet, and the kernel has said that it is done.
        if message is None and idle and replied:
            break
        if not manager.is_alive():
            raise CellFailed("the kernel died")
        if time.monotonic() > end:
            raise CellFailed(f"it ran for more than {timeout_seconds} seconds")
    for output in outputs:
        if output["output_type"] == "execute_result":
            output["execution_count"] = count
        if output["output_type"] == "error":
            # Where in the kernel it happened is of no use to readers, and names this machine's folders.
            output["traceback"] = [f"{output['ename']}: {output['evalue']}"]
    return outputs, count


def run_notebook(path, job):
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    begin = time.monotonic()
    say("begin", path=path, cells=len(cells))
    with open(job["log"], "ab") as log:
        manager = KernelManager(kernel_name=job["kernel"])
        manager.start_kernel(cwd=job["folder"], stdout=log, stderr=log)
        client = manager.client()
        client.start_channels()
        try:
            try:
                client.wait_for_ready(timeout=60)
            except RuntimeError as error:
                say("failed", path=path, index=-1, reason=f"the kernel did not start: {error}")
                return False
            for index, cell in enumerate(cells):
                say("cell", path=path, index=index)
                try:
                    cell.outputs, cell.execution_count = run_cell(manager, client, cell.source, job["timeout_seconds"])
                    errors = [output for output in cell.outputs if output["output_type"] == "error"]
                    expected = "raises-exception" in cell.metadata.get("tags", [])
                    if errors and not expected:
                        raise CellFailed(f"{errors[0]['ename']}: {errors[0]['evalue']}")
                    if expected and not errors:
                        raise CellFailed("it has the flag `throws` and raised no error")
                except CellFailed as failure:
                    say("failed", path=path, index=index, reason=failure.reason)
                    return False
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    nbformat.write(notebook, path)
    say("done", path=path, seconds=time.monotonic() - begin)
    return True


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    results = [run_notebook(path, job) for path in job["notebooks"]]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
