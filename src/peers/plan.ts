/** @file The composition that the planner prints, as peers run it on the comparison's weights; and its cost. Pure. */

import type { ChainShape } from "../chain/shape.ts";
import { planCode } from "../planner/framework-code.ts";
import { FRAMEWORKS } from "../planner/framework-layers.ts";
import { frameworkPlans } from "../planner/framework-plan.ts";
import type { PeersPlan } from "../results/types.ts";
import type { PlanMessage } from "./protocol.ts";

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
  const { advised, forwardFma, reverseFma } = frameworkPlans(shape);
  const messages = Object.fromEntries(FRAMEWORKS.map(({ id }) => [id, planCode(shape, id)]));
  const code = Object.fromEntries(FRAMEWORKS.map(({ id }) => [id, messages[id]!.statements]));
  return { messages, record: { fma: advised.fma, forwardFma, reverseFma, code } };
}
