/** @file The answer in one sentence, and the names of the ways and parts. Pure. */

import { cutOf } from "../planner/plan-tree.ts";
import type { Model, WayId } from "./model.ts";
import { counted, formatFma, formatTimes, subscript } from "./numbers.ts";

/** Which of the two modes is cheaper, and how many times; `mixed` where a plan beats both. */
export type Answer = {
  readonly cheaper: "forward" | "reverse" | "equal";
  /** The dearer mode over the cheaper one. */
  readonly times: number;
  /** The cheaper mode over the plan for frameworks; null where no plan is worth it. */
  readonly mixedTimes: number | null;
};

/**
 * Compares the modes with each other and with the best plan, all with nothing at hand.
 *
 * @param model - of the network
 */
export function answerOf(model: Model): Answer {
  const { n, m } = model;
  const cheaper = n === m ? "equal" : n < m ? "forward" : "reverse";
  const best = model.way("best");
  const mixed = best.refused === null ? (Math.min(n, m) * model.productFma) / best.fma : 1;
  return {
    cheaper,
    times: Math.max(n, m) / Math.min(n, m),
    mixedTimes: mixed > 1 ? mixed : null,
  };
}

/**
 * The answer for everyone.
 *
 * @param model - of the network
 * @returns `head`: the answer in a few words; `rest`: one sentence of reasons
 */
export function sentenceOf(model: Model): { readonly head: string; readonly rest: string } {
  const { n, m } = model;
  const { cheaper, times, mixedTimes } = answerOf(model);
  const each = `${formatFma(model.productFma)} FMA`;
  const [jvps, vjps] = [counted(n, "JVP"), counted(m, "VJP")];
  if (mixedTimes !== null) {
    const [few, many] = cheaper === "forward" ? [jvps, vjps] : [vjps, jvps];
    const modes =
      cheaper === "equal"
        ? `Forward and reverse cost the same (${jvps} or ${vjps}, ${each} each)`
        : `${NAMES[cheaper]} is the cheaper of the two (${few} against ${many}, ${each} each)`;
    const plan = model.planOf("matrix-free");
    const narrow = plan.refused === null ? (cutOf(plan.plan.tree)?.width ?? null) : null;
    return {
      head: `A mixed plan is ${cheaperBy(mixedTimes)} than ${cheaper === "equal" ? "either mode" : "the better mode"}.`,
      rest: `${modes}, but the chain can be cut where it is only ${narrow} wide.`,
    };
  }
  if (cheaper === "equal") {
    return {
      head: "Forward and reverse mode cost the same.",
      rest: `n = m = ${formatFma(n)}: ${jvps} or ${vjps}, each ${each}.`,
    };
  }
  const [few, many] = cheaper === "forward" ? [jvps, vjps] : [vjps, jvps];
  return {
    head: `${NAMES[cheaper]} is ${cheaperBy(times)}.`,
    rest: `${few} instead of ${many}; each of them costs ${model.productFma === model.sigma ? "Σ = " : ""}${each}.`,
  };
}

/** `784 times cheaper`, or per cent where it is less than a tenth. */
function cheaperBy(times: number): string {
  if (times >= 1.1) return `${formatTimes(times)} times cheaper`;
  return `${Number((100 * (1 - 1 / times)).toPrecision(2))} % cheaper`;
}

/** Names of the ways. */
export const NAMES: Readonly<Record<WayId, string>> = {
  forward: "Forward mode",
  reverse: "Reverse mode",
  best: "Plan for JAX/PyTorch",
  "from-right": "Products from the right",
  "from-left": "Products from the left",
  "best-given": "Best plan, matrices at hand",
};

/** The same where there is little room. */
export const SHORT_NAMES: Readonly<Record<WayId, string>> = {
  forward: "Forward",
  reverse: "Reverse",
  best: "Plan for JAX/PyTorch",
  "from-right": "From the right",
  "from-left": "From the left",
  "best-given": "Best, at hand",
};

/** What each way does, in a line. */
export const DESCRIPTIONS: Readonly<Record<WayId, string>> = {
  forward: "n JVPs: one column of J each",
  reverse: "m VJPs: one row of J each",
  best: "JVPs, VJPs and products of blocks in the cheapest order",
  "from-right": "J₁ first: K − 1 matrix products",
  "from-left": "the last Jacobian first: K − 1 matrix products",
  "best-given": "tangents, adjoints and products in the cheapest order",
};

/**
 * The formula of a way on dense layers, with what activations add to Σ.
 *
 * @param id - of the way
 * @param model - of the network
 */
export function formulaOf(id: WayId, model: Model): string {
  const extra = model.productFma - model.sigma;
  const sum = extra === 0 ? "Σ" : `(Σ + ${formatFma(extra)})`;
  switch (id) {
    case "forward":
      return `n·${sum}`;
    case "reverse":
      return `m·${sum}`;
    case "from-right":
      return extra === 0 ? "n·(Σ − n·d₁)" : "n·(Σ − n·d₁) + activations";
    case "from-left":
      return `m·(Σ − m·d${subscript(model.columns.length - 2)})${extra === 0 ? "" : " + activations"}`;
    case "best": {
      const { mixedTimes, cheaper } = answerOf(model);
      if (mixedTimes !== null) return "by dynamic programming";
      return formulaOf(cheaper === "reverse" ? "reverse" : "forward", model);
    }
    case "best-given":
      return "by dynamic programming";
  }
}
