/** @file The composition that the planner prints, cut out of the printed text so that peers run it as it stands; and its cost. Pure. */

import type { ChainShape } from "../chain/shape.ts";
import { elementalsOf } from "../planner/elemental.ts";
import { frameworkCode } from "../planner/framework-code.ts";
import type { Framework } from "../planner/framework-layers.ts";
import { planFrameworkCode } from "../planner/framework-plan.ts";
import type { PeersPlan } from "../results/types.ts";
import type { PlanMessage } from "./protocol.ts";

const FRAMEWORKS: readonly Framework[] = ["jax", "pytorch"];

/** A plan as peers are sent it, by framework, and as results hold it. */
export type PlanOfChain = {
  readonly messages: Readonly<Record<string, PlanMessage>>;
  readonly record: PeersPlan;
};

/**
 * Plans a chain for frameworks.
 *
 * @param shape - of the chain
 * @throws {JacobenchError} `ERR_RANGE` beyond 2^53 − 1 FMA
 */
export function planOfChain(shape: ChainShape): PlanOfChain {
  const { totalFma } = planFrameworkCode(shape);
  const edges = elementalsOf(shape, "matrix-free", true).reduce((sum, each) => sum + each.edges!, 0);
  const messages = Object.fromEntries(
    FRAMEWORKS.map((framework) => [framework, cutPlan(frameworkCode(shape, { framework }))]),
  );
  const code = Object.fromEntries(
    Object.entries(messages).map(([framework, { statements }]) => [framework, statements]),
  );
  return {
    messages,
    record: { fma: totalFma, forwardFma: shape.n * edges, reverseFma: shape.m * edges, code },
  };
}

/**
 * Cuts what runs out of the printed text: the function `through`, and the statements behind the point `x`. The layers and
 * the point between them are random there ("put your own here"): peers put the comparison's own.
 *
 * @param text - from `frameworkCode`
 */
export function cutPlan(text: string): PlanMessage {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith("def through("));
  const point = lines.findIndex((line) => line.startsWith("x = "));
  if (start === -1 || point < start) throw new Error("the printed plan has changed: no through, or no x");
  const end = lines.findIndex((line, i) => i > start && line === "");
  return {
    through: lines.slice(start, end).join("\n"),
    statements: lines
      .slice(point + 1)
      .join("\n")
      .trim(),
  };
}
