/** @file What a way to the Jacobian is claimed to cost: the one source of every claim, prediction and axis. Pure. */

import type { CaseRecord, VariantRecord } from "../../src/results/types.ts";
import { conventionOf } from "../../src/strategies/convention.ts";
import { inputsOf } from "../table.ts";
import type { Regressor } from "./regressor.ts";

/** What a claim wants to know of a case. */
export type ClaimedCase = {
  /** Columns of the Jacobian: n, or the number of parameters. */
  readonly inputs: number;
  readonly m: number;
  readonly sigma: number;
  readonly widths: readonly number[];
};

/** A claim: so many products, each of so many FMA. */
export type ClaimedCost = {
  /** a-z and -; the same as that of the form in model selection. */
  readonly id: "n-sigma" | "m-sigma" | "right-to-left" | "left-to-right";
  /** The whole Jacobian, e.g. `n·(Σ − n·d_1)`; n is the number of parameters where J is taken with respect to them. */
  readonly symbol: string;
  /** The number of products per Jacobian. */
  readonly products: "n" | "m";
  /** One product, e.g. `Σ − n·d_1`. */
  readonly productSymbol: string;
  /** FMA of one product; 0 where a read unit seed leaves a single layer nothing to do. */
  product(one: ClaimedCase): number;
  /** FMA of the whole Jacobian, without what is paid once per Jacobian (the primal evaluation and what must be kept). */
  cost(one: ClaimedCase): number;
  /** The exponents of a claim that is a product of powers; null for others. Nothing is claimed of K: its exponent is 0. */
  readonly exponents: Readonly<Record<Regressor, number>> | null;
};

type Form = Omit<ClaimedCost, "symbol" | "cost">;

const FORMS: readonly Form[] = [
  {
    id: "n-sigma",
    products: "n",
    productSymbol: "Σ",
    product: ({ sigma }) => sigma,
    exponents: { n: 1, m: 0, sigma: 1, depth: 0 },
  },
  {
    id: "m-sigma",
    products: "m",
    productSymbol: "Σ",
    product: ({ sigma }) => sigma,
    exponents: { n: 0, m: 1, sigma: 1, depth: 0 },
  },
  {
    id: "right-to-left",
    products: "n",
    productSymbol: "Σ − n·d_1",
    product: ({ sigma, widths }) => sigma - widths[0]! * widths[1]!,
    exponents: null,
  },
  {
    id: "left-to-right",
    products: "m",
    productSymbol: "Σ − m·d_{K−1}",
    product: ({ m, sigma, widths }) => sigma - m * widths.at(-2)!,
    exponents: null,
  },
];

/**
 * Every claim: n·Σ and m·Σ for dense unit seeds, in blocks or one by one; n·(Σ − n·d_1) and m·(Σ − m·d_{K−1}) where a
 * unit seed is read, so that the first (in reverse mode the last) layer's product is a column (a row) of its matrix.
 * The latter are also what multiplying the layers' own matrices costs, from the right and from the left.
 */
export const CLAIMED_COSTS: readonly ClaimedCost[] = FORMS.map((form) => ({
  ...form,
  symbol: form.productSymbol === "Σ" ? `${form.products}·Σ` : `${form.products}·(${form.productSymbol})`,
  cost: (one) => (form.products === "n" ? one.inputs : one.m) * form.product(one),
}));

/**
 * What a variant is claimed to cost. For ways of other frameworks it is what the law would have them cost.
 *
 * @param variant - as recorded
 * @returns null for a strategy of neither mode, which claims nothing
 */
export function claimedCost(variant: VariantRecord): ClaimedCost | null {
  if (variant.mode === null) return null;
  const ids = { forward: ["n-sigma", "right-to-left"], reverse: ["m-sigma", "left-to-right"] } as const;
  const id = ids[variant.mode][conventionOf(variant) === "matrix-free" ? 0 : 1];
  return CLAIMED_COSTS.find((claim) => claim.id === id)!;
}

/**
 * What a variant is claimed to cost on a design: no claim is made of one with cases that cost nothing, as a single layer
 * does with read unit seeds.
 *
 * @param cases - of the design
 */
export function claimedCostOn(variant: VariantRecord, cases: readonly ClaimedCase[]): ClaimedCost | null {
  const claim = claimedCost(variant);
  return claim !== null && cases.every((one) => claim.product(one) > 0) ? claim : null;
}

/** A case as a claim sees it. */
export function claimedCase(record: CaseRecord, variant: VariantRecord): ClaimedCase {
  return {
    inputs: inputsOf(record, variant),
    m: record.m,
    sigma: record.sigma,
    widths: record.widths,
  };
}
