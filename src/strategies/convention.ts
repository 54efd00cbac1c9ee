/**
 * @file What a way to the Jacobian takes for granted. Costs are compared within one convention only: with dense unit
 * seeds forward mode costs n·Σ, with read ones n·(Σ − n·d_1), and a ratio across the two is no gain.
 */

/**
 * - `matrix-free`: unit seeds are dense and nothing is at hand, as in JAX and PyTorch; n·Σ and m·Σ count this.
 *   Difference quotients and the complex step, which take values of the function alone, stand here too.
 * - `given`: the matrices of dense layers and the diagonals of activations are at hand, so a first product with a unit
 *   seed is a column or a row that is read.
 */
export type RowConvention = "matrix-free" | "given";

/** The conventions in words, in the order in which tables show them. */
export const CONVENTION_NAMES: Readonly<Record<RowConvention, string>> = {
  "matrix-free": "nothing at hand",
  given: "matrices at hand",
};

/**
 * The convention of a strategy with its options, or of the record of a variant: what reads columns and rows has the
 * matrices at hand, and so have products of explicit Jacobians whatever their record says of seeds.
 *
 * @param variant - `strategy` by name, `unitSeeds` as resolved or recorded; ways of other frameworks have them dense
 */
export function conventionOf({
  strategy,
  unitSeeds,
}: {
  readonly strategy: string;
  readonly unitSeeds: "dense" | "read";
}): RowConvention {
  return unitSeeds === "read" || strategy.startsWith("product-") ? "given" : "matrix-free";
}
