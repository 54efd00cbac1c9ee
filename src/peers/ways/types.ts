/** @file What a peer written in JavaScript is: it describes itself, takes chains, and prepares ways to accumulate. */

import type { LayerMessage, WayMessage } from "../protocol.ts";

/** A Jacobian as a peer gives it. */
export type GivenJacobian = {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Entries by rows. */
  readonly values: Float64Array;
};

/** A way that has been made ready on a chain. */
export type PreparedWay = {
  /** One run; done when the promise is. */
  run(): Promise<void> | void;
  /** What the last run gave. */
  jacobian(): Promise<GivenJacobian> | GivenJacobian;
};

/** A JavaScript framework, loaded. */
export type NodePeer = {
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly device: string;
  readonly ways: readonly WayMessage[];
  /** Takes a chain and gives the function that prepares its ways. */
  load(layers: readonly LayerMessage[], x: Float64Array): (way: string) => PreparedWay;
};
