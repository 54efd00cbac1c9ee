/** @file A plan in words: which strategy, how much cheaper than the others, what memory, and where another one takes over. */

import type { ChainPlan } from "./chain-product.ts";
import type { Convention } from "./elemental.ts";
import type { HomogeneousCosts } from "./homogeneous.ts";
import { blocksOf, type PlanNode, type PlanOperation, sweepModeOf, throughOf } from "./plan-tree.ts";

/** What an advice comes down to. `products`: of explicit Jacobians only; `mixed`: tangents, adjoints and products. */
export type AdvisedStrategy = "forward" | "reverse" | "products" | "mixed";

/** What is known about a chain and its plans. */
export type AdviceInput = {
  readonly convention: Convention;
  readonly plan: ChainPlan;
  readonly costs: HomogeneousCosts;
  /** Peak bytes by strategy, in the order in which they shall be told; absent where they are not known. */
  readonly bytes?: readonly { readonly strategy: string; readonly bytes: number }[];
  /** The narrowest place inside the chain, and the largest width there at which a mixed plan wins (null: none). */
  readonly narrowest?: NarrowestPlace;
};

/** The narrowest place inside a chain. */
export type NarrowestPlace = {
  /** The factor after which it lies. */
  readonly after: number;
  readonly width: number;
  readonly switchWidth: number | null;
  /** The largest width that was looked at. */
  readonly widest: number;
};

/** An advice. */
export type Advice = { readonly strategy: AdvisedStrategy; readonly sentences: readonly string[] };

/**
 * Puts a plan into words.
 *
 * @param input - the plan, what it is compared with under the same convention, and memory where it is known
 */
export function explainPlan(input: AdviceInput): Advice {
  const strategy = advisedStrategy(input.plan, input.costs);
  const sentences = [
    verdict(input, strategy),
    ...comparison(input),
    ...(strategy === "mixed" ? cuts(input.plan.tree) : []),
    ...memory(input),
    ...switching(input, strategy),
    CONVENTIONS[input.convention],
  ];
  return { strategy, sentences };
}

/**
 * The simplest strategy that is as cheap as the plan: a pure mode if one is, else what the plan consists of.
 *
 * @param plan - an optimum
 * @param costs - of the homogeneous plans, under the same convention
 */
export function advisedStrategy(plan: ChainPlan, costs: HomogeneousCosts): AdvisedStrategy {
  if (costs.tangentFma === plan.fma) return "forward";
  if (costs.adjointFma === plan.fma) return "reverse";
  return isOnlyProducts(plan.tree) ? "products" : "mixed";
}

function isOnlyProducts(tree: PlanNode): boolean {
  return blocksOf(tree).every(({ kind }) => kind !== "tangent" && kind !== "adjoint");
}

/**
 * Puts the operations of a plan into words, one line each, in an order in which they can be executed.
 *
 * @param plan - a plan
 */
export function describeOperations(plan: ChainPlan): string[] {
  if (plan.operations.length === 0) return ["nothing to do: the Jacobian is given"];
  return plan.operations.map((operation) => `${describe(operation)}: ${grouped(operation.fma)} FMA`);
}

/** A whole number with commas between groups of three digits. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

const CONVENTIONS: Readonly<Record<Convention, string>> = {
  "matrix-free":
    "Counted by the convention `matrix-free`: no Jacobian is at hand, each has to be accumulated.",
  given:
    "Counted by the convention `given`: the matrices of dense layers and the diagonals of activations are at hand.",
  file: "Counted by the convention `file`: the Jacobians are at hand where the chain file says so.",
};

const NAMES: Readonly<Record<AdvisedStrategy, string>> = {
  forward: "Forward mode",
  reverse: "Reverse mode",
  products: "Accumulating each factor and multiplying the Jacobians in the best order",
  mixed: "A mixed plan",
};

function verdict({ plan, costs }: AdviceInput, strategy: AdvisedStrategy): string {
  const { rows, columns } = plan.tree;
  const how =
    strategy === "forward"
      ? ` (${count(columns, "JVP")})`
      : strategy === "reverse"
        ? ` (${count(rows, "VJP")})`
        : "";
  const tie = costs.tangentFma === costs.adjointFma && strategy === "forward";
  if (tie) {
    return `Forward and reverse mode cost the same, ${grouped(plan.fma)} FMA, and no plan is cheaper.`;
  }
  return `${NAMES[strategy]}${how} is the cheapest: ${grouped(plan.fma)} FMA; no plan is cheaper.`;
}

function comparison({ plan, costs }: AdviceInput): string[] {
  const others: [string, number | null][] = [
    ["forward mode", costs.tangentFma],
    ["reverse mode", costs.adjointFma],
    ["accumulating every factor and multiplying", costs.preaccumulatedProductsFma],
  ];
  const told = others
    .filter((other): other is [string, number] => other[1] !== null && other[1] > plan.fma)
    .map(([name, fma]) => `${name} costs ${grouped(fma)} FMA${ratio(fma, plan.fma)}`);
  return told.length === 0 ? [] : [`${capital(told.join(", "))}.`];
}

function ratio(fma: number, least: number): string {
  return least === 0 ? "" : ` (${(fma / least).toPrecision(3)} times as much)`;
}

/** How a mixed plan ends: where it is cut, and what goes through the rest. */
function cuts(tree: PlanNode): string[] {
  if (tree.kind === "product") {
    const { earlier, later, rows, columns } = tree;
    return [
      `The chain is cut after factor ${earlier.last}, where its width is h = ${earlier.rows}: ` +
        `${range(earlier.first, earlier.last)} ${blockMode(earlier)}, ${range(later.first, later.last)} ` +
        `${blockMode(later)}, then one product of ${rows} × ${earlier.rows} by ${earlier.rows} × ${columns}.`,
    ];
  }
  const [first, last] = throughOf(tree);
  if (tree.kind === "tangent") {
    const { earlier } = tree;
    return [
      `The chain is cut after factor ${earlier.last}, where its width is h = ${earlier.rows}: ` +
        `${range(earlier.first, earlier.last)} ${blockMode(earlier)}, then the ${tree.columns} columns of that block ` +
        `are pushed through ${range(first, last)}.`,
    ];
  }
  if (tree.kind === "adjoint") {
    const { later } = tree;
    return [
      `The chain is cut after factor ${later.first - 1}, where its width is h = ${later.columns}: ` +
        `${range(later.first, later.last)} ${blockMode(later)}, then the ${tree.rows} rows of that block are pulled ` +
        `back through ${range(first, last)}.`,
    ];
  }
  return [];
}

function blockMode(node: PlanNode): string {
  const mode = sweepModeOf(node);
  if (mode === "tangent") return `forward (${count(tangentsOf(node), "JVP")})`;
  if (mode === "adjoint") return `in reverse (${count(node.rows, "VJP")})`;
  if (node.kind === "given") return "at hand";
  return node.kind === "inner" ? "by the plan of the inner chain" : "by a mixed plan of their own";
}

/** A diagonal factor takes one tangent for all columns. */
function tangentsOf(node: PlanNode): number {
  return node.kind === "accumulate" ? node.vectors : node.columns;
}

function range(first: number, last: number): string {
  return first === last ? `factor ${first}` : `factors ${first}–${last}`;
}

function memory({ bytes }: AdviceInput): string[] {
  if (bytes === undefined || bytes.length === 0) return [];
  const told = bytes.map((each) => `${each.strategy} ${bytesText(each.bytes)}`);
  return [`Memory at the peak: ${told.join(", ")}.`];
}

/** A number of bytes, in MB (10^6) from a million on. */
function bytesText(bytes: number): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toPrecision(3)} MB` : `${grouped(bytes)} bytes`;
}

function switching({ narrowest, plan }: AdviceInput, strategy: AdvisedStrategy): string[] {
  const { rows: m, columns: n } = plan.tree;
  const sentences: string[] = [];
  if (narrowest !== undefined) {
    const place = `the narrowest place (after factor ${narrowest.after}, now ${narrowest.width} wide)`;
    if (narrowest.switchWidth === null) {
      sentences.push(`No width of ${place} would make a mixed plan cheaper than both pure modes.`);
    } else if (narrowest.switchWidth >= narrowest.widest) {
      sentences.push(
        `A mixed plan is cheaper than both pure modes for every width of ${place} up to ${narrowest.widest}.`,
      );
    } else {
      sentences.push(
        `The switch is at width ${narrowest.switchWidth} of ${place}: up to there a mixed plan is cheaper than both ` +
          `pure modes, from ${narrowest.switchWidth + 1} on it is not.`,
      );
    }
  }
  if (strategy === "forward" || strategy === "reverse") {
    sentences.push(
      `Between the pure modes the side with fewer seeds wins, n = ${n} tangents or m = ${m} adjoints; they change ` +
        "places near n = m.",
    );
  }
  return sentences;
}

function describe({ kind, mode, first, last, vectors, block }: PlanOperation): string {
  const place = range(first, last);
  switch (kind) {
    case "accumulate":
      if (mode === "inner") return `form the Jacobian of ${place} by the plan of its inner chain`;
      return `form the Jacobian of ${place} by ${count(vectors, mode === "tangent" ? "JVP" : "VJP")}`;
    case "tangent":
      return `push ${count(vectors, "column")} through ${place} (${count(vectors, "JVP")})`;
    case "adjoint":
      return `pull ${count(vectors, "row")} back through ${place} (${count(vectors, "VJP")})`;
    case "product":
      return `multiply the two blocks of factors ${block[0]}–${block[1]}`;
  }
}

function count(value: number, noun: string): string {
  return `${grouped(value)} ${noun}${value === 1 ? "" : "s"}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
