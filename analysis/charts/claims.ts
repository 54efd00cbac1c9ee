/** @file What charts call the claimed costs of the variants that they draw. Pure. */

import type { VariantRecord } from "../../src/results/types.ts";
import { type ClaimedCost, claimedCost } from "../laws/claimed-cost.ts";
import type { Look } from "./look.ts";

/** The claims of some variants, each once. */
function claimsOf(variants: readonly VariantRecord[]): ClaimedCost[] {
  const claims = variants.map(claimedCost).filter((claim) => claim !== null);
  return [...new Map(claims.map((claim) => [claim.id, claim])).values()];
}

/** True where a product of every variant is claimed to cost Σ. */
export function allCostSigma(variants: readonly VariantRecord[]): boolean {
  return claimsOf(variants).every(({ productSymbol }) => productSymbol === "Σ");
}

/** A claim in the chart's notation. */
export function claimText({ symbol }: Pick<ClaimedCost, "symbol">, { say }: Look): string {
  return symbol.replaceAll("Σ", say("sigma"));
}

/** The axis of the claimed cost of the full Jacobian. */
export function workTitle(variants: readonly VariantRecord[], look: Look): string {
  if (allCostSigma(variants)) return look.say("workAxis");
  return look.say("claimedWorkAxis", { claims: listOf(claimsOf(variants), look) });
}

/** The axis of the claimed cost of one product. */
export function productTitle(variants: readonly VariantRecord[], look: Look): string {
  if (allCostSigma(variants)) return look.say("sigmaAxis");
  const products = claimsOf(variants).map(({ productSymbol }) => ({ symbol: productSymbol }));
  return look.say("claimedProductAxis", { claims: listOf(products, look) });
}

/** What a product costs, in a sentence: Σ, or words where claims differ. */
export function productName(variants: readonly VariantRecord[], { say }: Look): string {
  return allCostSigma(variants) ? say("sigma") : say("claimedProduct");
}

function listOf(claims: readonly Pick<ClaimedCost, "symbol">[], look: Look): string {
  return [...new Set(claims.map((claim) => claimText(claim, look)))].join(", ");
}
