/** @file The chains of a comparison: laid out, built as peers are sent them, and what each way should cost on them. */

import { predictCost, referenceJacobian } from "../ad/jacobian.ts";
import { FLOAT64_BYTES } from "../array.ts";
import { JacobenchError } from "../errors.ts";
import { familyWidths } from "../experiment/expand.ts";
import { followWidths, type WidthsCase, widthsCase } from "../experiment/widths-case.ts";
import type { CostRecord, PeersPlan, VariantRecord } from "../results/types.ts";
import type { PeersConfig } from "./config.ts";
import type { PlanOfChain } from "./plan.ts";
import { encodeNumbers, layerMessages } from "./protocol.ts";
import type { PeerCase } from "./seat.ts";

/**
 * Lays out the chains of a config.
 *
 * @param where - its name, for messages
 * @throws {JacobenchError} `ERR_CONFIG` for a chain that is there twice
 */
export function comparedCases(config: PeersConfig, where: string): WidthsCase[] {
  const items = familyWidths(config.chain).map((widths) => widthsCase(widths, config.chain, config.rngSeed));
  for (const [i, { record }] of items.entries()) {
    const first = items.findIndex((other) => other.record.id === record.id);
    if (first === i) continue;
    throw new JacobenchError(
      "ERR_CONFIG",
      `${where}: $.chain: case ${i + 1} is ${record.id}, the same as case ${first + 1}; expected each chain once`,
    );
  }
  return items;
}

/**
 * Builds a chain as peers are sent it, and its Jacobian by our reference.
 *
 * @param plan - of this chain; null where none is run
 */
export function peerCase({ record, recipe }: WidthsCase, plan: PlanOfChain | null): PeerCase {
  const { chain, x } = followWidths(recipe);
  return {
    record,
    load: {
      kind: "load",
      case: record.id,
      layers: layerMessages(chain),
      x: encodeNumbers(x.data),
      plan: plan?.messages ?? null,
    },
    jacobian: referenceJacobian(chain, x),
  };
}

/**
 * Predicted cost of every way on its chains. What a framework really does is not counted: FMA are those of n JVPs or m
 * VJPs through dense products or those of the plan, bytes those of the Jacobian alone.
 *
 * @param items - the chains
 * @param active - variants that were measured, with the ids of their chains
 * @param plan - where one was run
 */
export function costsOf(
  items: readonly WidthsCase[],
  active: readonly { readonly variant: VariantRecord; readonly cases: ReadonlySet<string> }[],
  plan: PeersPlan | null,
): CostRecord[] {
  return items.flatMap((item) =>
    active.filter(({ cases }) => cases.has(item.record.id)).map(({ variant }) => costOf(item, variant, plan)),
  );
}

function costOf({ record, shape }: WidthsCase, variant: VariantRecord, plan: PeersPlan | null): CostRecord {
  const { fma: ofStrategy, primalFma } = predictCost(shape, { strategy: variant.strategy });
  const fma = isPlan(variant) ? (plan?.fma ?? ofStrategy) : ofStrategy;
  const bytes = FLOAT64_BYTES * record.n * record.m;
  return {
    case: record.id,
    variant: variant.label,
    fmaPredicted: fma,
    fmaCounted: null,
    primalEvaluations: 1,
    primalFmaPredicted: primalFma,
    primalFmaCounted: null,
    timedPrimalFma: primalFma,
    bytesPredicted: bytes,
    bytesCounted: bytes,
    footprintBytes: record.weightBytes + bytes,
    warnings: [],
  };
}

/** A frameworks' own way of neither mode is the printed plan. */
function isPlan({ mode, peer }: VariantRecord): boolean {
  return mode === null && peer !== undefined && peer.way.startsWith("plan");
}
