/** @file The table of peers. A new one is a file in python/ or ways/, and one entry here. */

import { byId } from "../names.ts";

/** A framework that takes part in comparisons. */
export type Peer = {
  /** Its name in configs and on the command line. */
  readonly id: string;
  /** For people. */
  readonly title: string;
  /** Who runs it: a Python interpreter, or Node. */
  readonly language: "python" | "node";
  /** What it is, in a line. */
  readonly description: string;
  /** The command that installs it; null for jacobench itself. */
  readonly install: string | null;
  /** False for one whose code never uses more than one thread: it is measured once. */
  readonly threaded: boolean;
};

/** All peers, the baseline first. */
export const PEERS: readonly Peer[] = [
  {
    id: "jacobench",
    title: "jacobench",
    language: "node",
    description: "the strategies of this project, the baseline",
    install: null,
    threaded: true,
  },
  {
    id: "jax",
    title: "JAX",
    language: "python",
    description: "jacfwd and jacrev, jitted and eager, in float64",
    install: "jacobench peers --setup",
    threaded: true,
  },
  {
    id: "pytorch",
    title: "PyTorch",
    language: "python",
    description: "torch.func (functorch), all seeds at once or one by one, and autograd by rows",
    install: "jacobench peers --setup torch",
    threaded: true,
  },
  {
    id: "autograd",
    title: "autograd",
    language: "python",
    description: "HIPS autograd on NumPy: an eager tape in plain Python",
    install: "jacobench peers --setup",
    threaded: true,
  },
  {
    id: "jax-js",
    title: "jax-js",
    language: "node",
    description:
      "@jax-js/jax in WebAssembly: jvp and vjp, vectorised or a seed at a time, and its jacfwd and jacrev",
    install: "npm install @jax-js/jax",
    threaded: false,
  },
];

/**
 * Takes a peer from the table.
 *
 * @throws {JacobenchError} `ERR_UNKNOWN_NAME`
 */
export function peerById(id: string): Peer {
  return byId("peer", PEERS, id);
}
