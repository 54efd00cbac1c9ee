/** @file The narrowest hidden width of a chain that is built from widths, and how wide it may be for a mixed plan to win. */

import { buildShape, type ChainSpec } from "../chain/build.ts";
import type { ChainShape } from "../chain/shape.ts";
import { JacobenchError } from "../errors.ts";
import { type PlanOptions, planChain } from "./chain-product.ts";
import { type Elemental, elementalsOf } from "./elemental.ts";
import { cutOf } from "./plan-tree.ts";
import { lastWinningWidth, mixedWins } from "./switch-width.ts";

/** The narrowest place inside a chain. */
export type NarrowestPlace = {
  /** The factor after which it lies. */
  readonly after: number;
  readonly width: number;
  /** See `switchWidth`: a mixed plan wins at this width, and does not at one more, unless this is `widest`. */
  readonly switchWidth: number | null;
  /** The largest width that was tried. */
  readonly widest: number;
};

/** How the chain is counted. */
export type PlaceOptions = {
  /** `matrix-free`: with every layer's Jacobian dense, as frameworks have them. */
  readonly convention: "given" | "matrix-free";
  /** Bound on the tape of an adjoint, with `given`; default none. */
  readonly memory?: number;
  /** With `given`: true to forget diagonal and rank-one structure. */
  readonly allDense?: boolean;
};

/** The most widths of a chain whose narrowest place is looked for: it takes about twenty plans. */
const MOST_WIDTHS = 40;

/**
 * Finds the narrowest place, and a width there up to which a mixed plan is cheaper than both pure modes.
 *
 * @param spec - of the chain; its rngSeed and label play no part
 * @param options - convention, memory
 * @returns null for a chain without hidden widths, or with very many, where the mixed plan that wins is cut elsewhere, or
 *   where a width that is tried costs more than 2^53 − 1 FMA: the plan itself may still be exact
 */
export function narrowestPlace(spec: ChainSpec, options: PlaceOptions): NarrowestPlace | null {
  const { widths, activation } = spec;
  if (widths.length < 3 || widths.length > MOST_WIDTHS) return null;
  const inside = widths.slice(1, -1);
  const width = Math.min(...inside);
  const at = inside.indexOf(width) + 1;
  const widest = Math.max(...widths);
  const shapeOf = (h: number): ChainShape =>
    buildShape({ ...spec, widths: widths.map((own, i) => (i === at ? h : own)) });
  const after = activation === undefined ? at : 2 * at - 1;
  try {
    const plan = (h: number) => planChain(factorsOf(shapeOf(h), options), memoryOf(options));
    const switchWidth = lastWinningWidth(
      (h) => mixedWins(factorsOf(shapeOf(h), options), options.memory),
      widest,
    );
    // A plan that is cut elsewhere says nothing of this place.
    const tried = switchWidth === null ? null : cutOf(plan(switchWidth).tree);
    return tried === null || tried.after === after ? { after, width, switchWidth, widest } : null;
  } catch (error) {
    if (error instanceof JacobenchError && error.code === "ERR_RANGE") return null;
    throw error;
  }
}

function factorsOf(shape: ChainShape, { convention, allDense = false }: PlaceOptions): Elemental[] {
  return elementalsOf(shape, convention, convention === "matrix-free" || allDense);
}

function memoryOf({ memory }: PlaceOptions): PlanOptions {
  return memory === undefined ? {} : { memory };
}
