/** @file The Python peers of a benchmark: one child process that is asked for the seconds of a batch, again and again. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("./python_peer.py", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Versions by module; null where it is not installed. */
export type PythonVersions = {
  readonly python: string;
  readonly numpy: string | null;
  readonly jax: string | null;
};

/** What a batch took. */
export type PythonSeconds = { readonly seconds: number; readonly maxAbsError?: number };

/** A Python process that answers one command at a time. */
export type PythonPeer = {
  readonly versions: PythonVersions;
  /** @throws {Error} with Python's message */
  ask(command: object): Promise<PythonSeconds>;
  close(): void;
};

/** How to get what is missing. */
export const INSTALL_PYTHON =
  "python3 -m venv .venv && .venv/bin/python -m pip install numpy jax (or set JACOBENCH_PYTHON to an interpreter)";

/**
 * Starts the interpreter that has most of NumPy and JAX: `JACOBENCH_PYTHON`, that of `.venv`, of an environment under
 * `.jacobench`, or of the PATH. NumPy's BLAS gets one thread; JAX takes what it wants.
 *
 * @returns null where there is no Python at all
 */
export async function startPython(): Promise<PythonPeer | null> {
  let best: PythonPeer | null = null;
  for (const interpreter of interpreters()) {
    const peer = await start(interpreter).catch(() => null);
    if (peer === null) continue;
    if (best !== null && modules(peer) <= modules(best)) {
      peer.close();
      continue;
    }
    best?.close();
    best = peer;
    if (modules(best) === 2) break;
  }
  return best;
}

function modules({ versions: { numpy, jax } }: PythonPeer): number {
  return Number(numpy !== null) + Number(jax !== null);
}

function interpreters(): string[] {
  const given = process.env.JACOBENCH_PYTHON;
  if (given) return [given];
  const cache = join(ROOT, ".jacobench");
  const made = existsSync(cache) ? readdirSync(cache).map((name) => join(cache, name)) : [];
  const folders = [join(ROOT, ".venv"), ...made];
  const own = folders.flatMap((folder) =>
    ["bin/python", "Scripts/python.exe"].map((path) => join(folder, path)),
  );
  return [...own.filter((path) => existsSync(path)), "python3", "python"];
}

async function start(interpreter: string): Promise<PythonPeer> {
  const threads = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
  const child = spawn(interpreter, ["-u", SCRIPT], {
    env: { ...process.env, ...threads },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ask = conversation(child);
  const versions = (await ask({ do: "versions" })) as PythonVersions;
  return {
    versions,
    ask: async (command) => (await ask(command)) as PythonSeconds,
    close: () => void child.kill(),
  };
}

/** One command, one line back. */
function conversation(child: ChildProcessWithoutNullStreams): (command: object) => Promise<object> {
  let waiting: { resolve(reply: object): void; reject(error: Error): void } | null = null;
  let complaint = "";
  const fail = (error: Error): void => {
    waiting?.reject(error);
    waiting = null;
  };
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  child.stdin.on("error", fail);
  child.on("error", fail);
  child.on("exit", (code) => fail(new Error(`Python has ended with code ${code}: ${complaint.trim()}`)));
  createInterface({ input: child.stdout }).on("line", (line) => {
    const reply = JSON.parse(line) as { error?: string };
    if (reply.error === undefined) waiting?.resolve(reply);
    else waiting?.reject(new Error(reply.error));
    waiting = null;
  });
  return (command) =>
    new Promise((resolve, reject) => {
      if (child.exitCode !== null) return reject(new Error(`Python has ended: ${complaint.trim()}`));
      waiting = { resolve, reject };
      child.stdin.write(`${JSON.stringify(command)}\n`);
    });
}
