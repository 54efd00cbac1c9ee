/**
 * @file What the parent and a peer's child process say to each other: JSON Lines, one reply a request, numbers as
 * base64 of little-endian float64. The same for every language, so that a framework of one's own can take part.
 */

import type { ActivationKind } from "../chain/activation.ts";
import type { Chain } from "../chain/chain.ts";
import { JacobenchError } from "../errors.ts";

/** A layer as a peer is sent it. Weights are [rows, columns] by rows, the bias [rows]. */
export type LayerMessage =
  | {
      readonly kind: "dense";
      readonly rows: number;
      readonly columns: number;
      readonly weights: string;
      readonly bias: string;
    }
  | { readonly kind: ActivationKind };

/** The statements of a printed plan that accumulate J, and the function that they call, in Python. */
export type PlanMessage = { readonly through: string; readonly statements: string };

/** From parent to child, each answered by one {@link PeerReply}. */
export type PeerRequest =
  /** The first: 1 asks for a single thread, `all` leaves the framework as it comes. */
  | { readonly kind: "hello"; readonly threads: 1 | "all" }
  /** A chain and its point x [n], under a name; kept until the process ends. */
  | {
      readonly kind: "load";
      readonly case: string;
      readonly layers: readonly LayerMessage[];
      readonly x: string;
      /** By framework; a peer without plans ignores it. */
      readonly plan: Readonly<Record<string, PlanMessage>> | null;
    }
  /** The first run of a way on a chain: traces and compiles where the framework does so, and gives J. */
  | { readonly kind: "prepare"; readonly case: string; readonly way: string }
  /** So many runs in a row, each waited for until it is done. */
  | { readonly kind: "time"; readonly case: string; readonly way: string; readonly runs: number };

/** A way to accumulate, as a peer describes it. */
export type WayMessage = {
  readonly id: string;
  /** For people, e.g. `jacfwd, jitted`. */
  readonly title: string;
  /** Ways of one group are counterparts: its forward and its reverse mode. Empty for a peer's only group. */
  readonly group: string;
  /** Null for a way of neither mode, such as a plan. */
  readonly mode: "forward" | "reverse" | null;
  /** `all`: the seeds are one vectorised call; `one`: a call a seed. */
  readonly seeds: "all" | "one";
  /** Needs the plan of the chain. */
  readonly plan?: boolean | undefined;
};

/** From child to parent. */
export type PeerReply =
  | {
      readonly kind: "ready";
      readonly name: string;
      readonly versions: Readonly<Record<string, string>>;
      readonly device: string | null;
      readonly ways: readonly WayMessage[];
    }
  /** To `hello`: the framework is not there. */
  | { readonly kind: "absent"; readonly message: string }
  | { readonly kind: "loaded" }
  /** `jacobian` by rows, whatever its dtype was. */
  | {
      readonly kind: "prepared";
      readonly seconds: number;
      readonly dtype: string;
      readonly shape: readonly number[];
      readonly jacobian: string;
    }
  /** Of all the runs together, by the clock and of all threads. */
  | { readonly kind: "timed"; readonly seconds: number; readonly cpuSeconds: number }
  | { readonly kind: "failed"; readonly message: string };

/** What each kind of request is answered by; `failed` beside it. */
export type ReplyTo = {
  readonly hello: Extract<PeerReply, { kind: "ready" | "absent" }>;
  readonly load: Extract<PeerReply, { kind: "loaded" }>;
  readonly prepare: Extract<PeerReply, { kind: "prepared" }>;
  readonly time: Extract<PeerReply, { kind: "timed" }>;
};

/** The kinds of reply that a request may get. */
export const REPLIES: Readonly<Record<PeerRequest["kind"], readonly PeerReply["kind"][]>> = {
  hello: ["ready", "absent"],
  load: ["loaded"],
  prepare: ["prepared"],
  time: ["timed"],
};

/** Numbers as text: base64 of their float64 bytes, little end first. */
export function encodeNumbers(values: Float64Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}

/**
 * The numbers of a text from {@link encodeNumbers}.
 *
 * @throws {JacobenchError} `ERR_MEASURE` if the bytes are no whole number of float64
 */
export function decodeNumbers(text: string): Float64Array {
  const bytes = Buffer.from(text, "base64");
  if (bytes.length % 8 !== 0) {
    throw new JacobenchError("ERR_MEASURE", `found ${bytes.length} bytes of numbers; expected 8 for each`);
  }
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/**
 * A chain as peers are sent it.
 *
 * @param chain - of dense and elementwise layers, weights in rows without gaps, as `buildChain` makes them
 * @throws {JacobenchError} `ERR_UNSUPPORTED` for another kind of layer
 */
export function layerMessages(chain: Chain): LayerMessage[] {
  return chain.layers.map((layer): LayerMessage => {
    if (layer.ownParameters !== undefined) {
      const { weights, bias } = layer.ownParameters;
      return {
        kind: "dense",
        rows: layer.outputWidth,
        columns: layer.inputWidth,
        weights: encodeNumbers(weights.data),
        bias: encodeNumbers(bias.data),
      };
    }
    switch (layer.kind) {
      case "relu":
      case "tanh":
      case "sigmoid":
      case "softplus":
      case "identity":
        return { kind: layer.kind };
      default:
        throw new JacobenchError(
          "ERR_UNSUPPORTED",
          `peers: found a layer of kind ${layer.kind}; expected dense layers and elementwise activations`,
        );
    }
  });
}
