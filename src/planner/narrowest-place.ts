/** @file The narrowest hidden width of a chain that is built from widths, and how wide it may be for a mixed plan to win. */

import { buildShape, type ChainSpec } from "../chain/build.ts";
import { JacobenchError } from "../errors.ts";
import { elementalsOf } from "./elemental.ts";
import type { NarrowestPlace } from "./explain.ts";
import { switchWidth } from "./switch-width.ts";

/** How the chain is counted. */
export type PlaceOptions = {
  readonly convention: "given" | "matrix-free";
  /** Bound on the tape of an adjoint; default none. */
  readonly memory?: number;
  /** True to forget diagonal and rank-one structure. */
  readonly allDense?: boolean;
};

/** The most widths of a chain whose narrowest place is looked for: it takes about twenty plans. */
const MOST_WIDTHS = 40;

/**
 * Finds the narrowest place, and the largest width there at which a mixed plan is cheaper than both pure modes.
 *
 * @param spec - of the chain; its rngSeed and label play no part
 * @param options - convention, memory
 * @returns null for a chain without hidden widths, or with very many, or where a width that is tried costs more than
 *   2^53 − 1 FMA: the plan itself may still be exact
 */
export function narrowestPlace(spec: ChainSpec, options: PlaceOptions): NarrowestPlace | null {
  const { widths, activation } = spec;
  if (widths.length < 3 || widths.length > MOST_WIDTHS) return null;
  const inside = widths.slice(1, -1);
  const width = Math.min(...inside);
  const at = inside.indexOf(width) + 1;
  const widest = Math.max(...widths);
  const chainOf = (h: number) =>
    elementalsOf(
      buildShape({ ...spec, widths: widths.map((own, i) => (i === at ? h : own)) }),
      options.convention,
      options.allDense ?? false,
    );
  const after = activation === undefined ? at : 2 * at - 1;
  try {
    return { after, width, switchWidth: switchWidth(chainOf, widest, options.memory), widest };
  } catch (error) {
    if (error instanceof JacobenchError && error.code === "ERR_RANGE") return null;
    throw error;
  }
}
