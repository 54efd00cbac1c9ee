/** @file How each peer is started at a number of threads: program, script, and what frameworks read from the environment. (N) */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot, siblingModule } from "../package-root.ts";
import type { PeerCommand } from "./child.ts";
import type { Peer } from "./index.ts";

/**
 * What pins frameworks to one thread. XLA's two flags turn off the threads of single operations and shrink the pool of
 * the executor; the others are those of OpenMP and of the BLAS libraries. Pools that ignore them are held by the affinity that the
 * Python runner sets; whether it worked is measured as CPU time over time by the clock.
 */
const ONE_THREAD: Readonly<Record<string, string>> = {
  XLA_FLAGS: "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  VECLIB_MAXIMUM_THREADS: "1",
  NUMEXPR_NUM_THREADS: "1",
};

/** A peer that is not in the table: a command line of the user's own that speaks the protocol. */
export type OwnPeer = { readonly id: string; readonly command: readonly string[] };

/** The folder of the Python runner and its requirements, in a clone and in an installation. */
export function pythonFolder(): string {
  return join(packageRoot(), "src", "peers", "python");
}

/**
 * The commands to try for a peer, in order; the first that answers `ready` is kept.
 *
 * @param peer - of the table
 * @param threads - 1 or all
 * @param pythons - interpreters, the preferred one first
 */
export function peerCommands(peer: Peer, threads: 1 | "all", pythons: readonly string[]): PeerCommand[] {
  const environment = threads === 1 ? ONE_THREAD : {};
  if (peer.language === "node") {
    const script = siblingModule(import.meta.url, "./node-runner");
    return [{ program: process.execPath, args: [script, peer.id], environment }];
  }
  const script = join(pythonFolder(), "runner.py");
  // No .pyc files beside the program, which may be installed where nobody may write.
  const quiet = { ...environment, PYTHONDONTWRITEBYTECODE: "1", JAX_PLATFORMS: "cpu" };
  return pythons.map((program) => ({ program, args: [script, `${peer.id}_ways`], environment: quiet }));
}

/** The command of a peer of the user's own. */
export function ownCommand(own: OwnPeer, threads: 1 | "all"): PeerCommand {
  const [program, ...args] = own.command as [string, ...string[]];
  return { program, args, environment: threads === 1 ? ONE_THREAD : {} };
}

/** The interpreter of the virtual environment that `--setup` makes in a cache folder. */
export function setupPython(cache: string): string {
  const inside = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  return join(cache, "peers-venv", ...inside);
}

/**
 * The interpreters to try: those that the user names, else that of the virtual environment, else those on the PATH.
 *
 * @param given - from the command line
 * @param cache - the cache folder
 */
export function pythonsToTry(given: readonly string[], cache: string): string[] {
  if (given.length > 0) return [...given];
  const own = setupPython(cache);
  return [...(existsSync(own) ? [own] : []), "python3", "python"];
}
