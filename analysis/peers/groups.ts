/** @file The variants of a comparison by framework, way and threads: a forward and a reverse mode that belong together. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import type { AnyResults } from "../config.ts";
import { plainText } from "../text.ts";

/** A framework's way at a number of threads, in one mode or both. */
export type PeerGroup = {
  /** For people, e.g. `JAX jit · 1 thread`. */
  readonly name: string;
  /** The same without threads. */
  readonly panel: string;
  readonly threads: 1 | "all";
  /** True where all seeds are one vectorised call, so that time need not grow as their number. */
  readonly vectorised: boolean;
  readonly forward: VariantRecord | null;
  readonly reverse: VariantRecord | null;
};

/** Groups the forward and reverse variants of a comparison, in the order in which they first appear. */
export function peerGroups(results: AnyResults): PeerGroup[] {
  const modes = results.variants.filter(({ mode, peer }) => mode !== null && peer !== undefined);
  return [...new Set(modes.map(({ kernel }) => kernel))].map((kernel) => {
    const own = modes.filter((variant) => variant.kernel === kernel);
    return {
      name: plainText(kernel),
      panel: panelOf(own[0]!),
      threads: own[0]!.peer!.threads,
      vectorised: own.some(isVectorised),
      forward: own.find(({ mode }) => mode === "forward") ?? null,
      reverse: own.find(({ mode }) => mode === "reverse") ?? null,
    };
  });
}

/** True where all seeds are one call. */
export function isVectorised({ blockSize }: VariantRecord): boolean {
  return blockSize === "all";
}

/** A variant's framework and way, without its mode and threads. */
export function panelOf({ kernel }: VariantRecord): string {
  return plainText(kernel.replace(/ · [^·]*$/, ""));
}

/** The same way with all threads, of one with a single thread; null where it was not measured. */
export function threadedTwin(results: AnyResults, variant: VariantRecord): VariantRecord | null {
  const { peer, mode } = variant;
  if (peer === undefined || peer.threads !== 1) return null;
  return (
    results.variants.find(
      (other) =>
        other.mode === mode &&
        other.peer?.peer === peer.peer &&
        other.peer.way === peer.way &&
        other.peer.threads === "all",
    ) ?? null
  );
}
