/** @file A plan in words: in which convention, which strategy, how much cheaper than the others, and where another one takes over. */

import type { ChainPlan } from "./chain-product.ts";
import type { Convention } from "./elemental.ts";
import { LARGEST_COST } from "./exact.ts";
import type { HomogeneousCosts } from "./homogeneous.ts";
import type { NarrowestPlace } from "./narrowest-place.ts";
import { blocksOf, type PlanNode, type PlanOperation, sweepModeOf, throughOf } from "./plan-tree.ts";
import { isWorthIt, savingOver } from "./worth.ts";

/** What an advice comes down to. `products`: of explicit Jacobians only; `mixed`: tangents, adjoints and products. */
export type AdvisedStrategy = "forward" | "reverse" | "products" | "mixed";

/** What is known about a chain and its plans. */
export type AdviceInput = {
  readonly convention: Convention;
  /** The cheapest plan. */
  readonly plan: ChainPlan;
  /** Of the homogeneous plans, under the same convention. */
  readonly costs: Pick<HomogeneousCosts, "tangentFma" | "adjointFma"> & Partial<HomogeneousCosts>;
  /** Among which plans none is cheaper; default those of the planner's dynamic program. */
  readonly among?: string;
  /** Bound on the tape of an adjoint; absent or infinite for none. */
  readonly memory?: number;
  /**
   * With matrices at hand: whether all layers are dense or elementwise, so that the pure modes are the products from one
   * end; default true.
   */
  readonly areProducts?: boolean;
  /** The narrowest place inside the chain, and the width there up to which a mixed plan wins. */
  readonly narrowest?: NarrowestPlace;
};

/** An advice. */
export type Advice = {
  /** What to do. A mixed plan that saves less than 2 % over the better pure mode is not worth it. */
  readonly strategy: AdvisedStrategy;
  /** What the cheapest plan saves over the better pure mode, from 0 to 1; null where there is no pure mode. */
  readonly saving: number | null;
  readonly sentences: readonly string[];
};

/** The plans among which the dynamic program finds the cheapest. */
const ALL_PLANS = "tangents, adjoints and products of whole factors";

/** The plans among which `frameworkPlans` finds the cheapest. */
export const FRAMEWORK_PLANS = "JVPs, VJPs and products of dense Jacobians of whole layers";

/**
 * Puts a plan into words: the convention first, then the answer.
 *
 * @param input - the plan, and what it is compared with under the same convention
 */
export function explainPlan(input: AdviceInput): Advice {
  const { plan, costs } = input;
  const strategy = advisedStrategy(plan, costs);
  const saving = savingOver(plan.fma, [costs.tangentFma, costs.adjointFma]);
  const sentences =
    plan.fma === 0
      ? [opening(input), "Nothing to compute: the Jacobian is at hand."]
      : [
          opening(input),
          verdict(input, strategy, saving),
          ...comparison(input, strategy),
          ...(strategy === "mixed" ? cuts(plan.tree) : []),
          ...seeds(input, strategy),
          ...switching(input),
        ];
  return { strategy, saving, sentences };
}

/**
 * The simplest strategy that is about as cheap as the plan: a pure mode if the plan saves less than 2 % over it (of two
 * the cheaper one, of equals that with fewer seeds), else what the plan consists of.
 *
 * @param plan - an optimum
 * @param costs - of the homogeneous plans, under the same convention
 */
export function advisedStrategy(
  plan: ChainPlan,
  { tangentFma, adjointFma }: Pick<HomogeneousCosts, "tangentFma" | "adjointFma">,
): AdvisedStrategy {
  if (isWorthIt(plan.fma, [tangentFma, adjointFma])) return isOnlyProducts(plan.tree) ? "products" : "mixed";
  const { rows, columns } = plan.tree;
  const [forward, reverse] = [tangentFma ?? Infinity, adjointFma ?? Infinity];
  return forward < reverse || (forward === reverse && columns <= rows) ? "forward" : "reverse";
}

/** Two factors, each accumulated by a mode, are a cut between two modes. */
function isOnlyProducts(tree: PlanNode): boolean {
  if (tree.kind === "product" && tree.earlier.kind === "accumulate" && tree.later.kind === "accumulate") {
    return false;
  }
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

/** A whole number with commas between groups of three digits; beyond 2^53 − 1 four digits and the power of ten. */
export function grouped(value: number): string {
  if (value <= LARGEST_COST) return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  const [digits, exponent] = value.toExponential(3).split("e+") as [string, string];
  return `≈ ${digits} × 10${[...exponent].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
}

/**
 * How many times as much, or how many per cent more where that is less than a tenth.
 *
 * @param ratio - of the dearer over the cheaper, above 1
 * @returns e.g. `78.4 times as much`, `1,083 times as much`, `0.16 % more`
 */
export function timesAsMuch(ratio: number): string {
  if (ratio < 1.1) return `${shareText(ratio - 1)} more`;
  const text = ratio < 1000 ? ratio.toPrecision(3) : grouped(Math.round(ratio));
  return `${text} times as much`;
}

/** A share in per cent to two significant digits: `0.16 %`, `12 %`. */
function shareText(share: number): string {
  const percent = 100 * share;
  return `${percent >= 10 ? percent.toFixed(0) : Number(percent.toPrecision(2))} %`;
}

/** What is at hand, and what bounds the plan. */
function opening({ convention, memory = Infinity, areProducts = true }: AdviceInput): string {
  const bound = memory < Infinity ? ` The tape of an adjoint is bounded to ${grouped(memory)}.` : "";
  const products =
    convention === "given" && areProducts ? ", so that the pure modes are products from one end" : "";
  return `${CONVENTIONS[convention]}${products}.${bound}`;
}

const CONVENTIONS: Readonly<Record<Convention, string>> = {
  "matrix-free": "Counted as JAX and PyTorch work: unit seeds are dense, and no layer's matrix is at hand",
  given:
    "Counted with the matrices of dense layers and the diagonals of activations at hand: their columns and rows are read",
  file: "Counted as the chain file says: a Jacobian is at hand where it has no edges, or is marked as given",
};

/**
 * The name of a pure mode: with matrices at hand no seed goes through the first layer, and between dense and elementwise
 * layers the mode is the product of the matrices from one end.
 *
 * @param mode - which
 * @param input - the convention, and whether the modes are products there
 */
export function modeName(
  mode: "forward" | "reverse",
  { convention, areProducts = true }: Pick<AdviceInput, "convention" | "areProducts">,
): string {
  if (convention !== "given") return `${mode} mode`;
  if (areProducts) return `products from the ${mode === "forward" ? "right" : "left"}`;
  return `${mode} mode with ${mode === "forward" ? "columns" : "rows"} read`;
}

/** Whether the name of a pure mode is a plural. */
function isPlural({ convention, areProducts = true }: AdviceInput): boolean {
  return convention === "given" && areProducts;
}

function modeText(mode: "forward" | "reverse", input: AdviceInput): string {
  const { convention, plan } = input;
  const { rows, columns } = plan.tree;
  const seeds =
    convention === "given"
      ? count(mode === "forward" ? columns : rows, mode === "forward" ? "column" : "row")
      : count(mode === "forward" ? columns : rows, mode === "forward" ? "JVP" : "VJP");
  return `${modeName(mode, input)} (${seeds})`;
}

function verdict(input: AdviceInput, strategy: AdvisedStrategy, saving: number | null): string {
  const { plan, costs, among = ALL_PLANS, memory = Infinity } = input;
  const least = `No plan of ${among} is cheaper${memory < Infinity ? " within this bound" : ""}.`;
  if (strategy === "products") {
    const products = blocksOf(plan.tree).every(({ kind }) => kind === "product" || kind === "given")
      ? "Multiplying the matrices in the best order"
      : "Accumulating each factor and multiplying the Jacobians in the best order";
    return `${products} is the cheapest: ${grouped(plan.fma)} FMA. ${least}`;
  }
  if (strategy === "mixed") return `A mixed plan is the cheapest: ${grouped(plan.fma)} FMA. ${least}`;
  const pure = Math.min(costs.tangentFma ?? Infinity, costs.adjointFma ?? Infinity);
  const tie = costs.tangentFma === costs.adjointFma;
  const plural = isPlural(input);
  const name = tie
    ? `${capital(modeText("forward", input))} and ${modeText("reverse", input)} cost the same`
    : `${capital(modeText(strategy, input))} ${plural ? "are" : "is"}`;
  if (pure > plan.fma) {
    const advised = tie
      ? `${name}, ${grouped(pure)} FMA; either is advised.`
      : `${name} advised: ${grouped(pure)} FMA.`;
    const kind = isOnlyProducts(plan.tree) ? "products in the best order" : "a mixed plan";
    return `${advised} The cheapest, ${kind}, would take ${grouped(plan.fma)} FMA, ${shareText(saving!)} less: not worth it.`;
  }
  return tie
    ? `${name}: ${grouped(plan.fma)} FMA. ${least}`
    : `${name} the cheapest: ${grouped(plan.fma)} FMA. ${least}`;
}

function comparison(input: AdviceInput, strategy: AdvisedStrategy): string[] {
  const { plan, costs, memory = Infinity } = input;
  const pure = strategy === "forward" ? costs.tangentFma : strategy === "reverse" ? costs.adjointFma : null;
  const base = pure ?? plan.fma;
  const others: [string, boolean, number | null | undefined][] = [
    [modeName("forward", input), isPlural(input), costs.tangentFma],
    [modeName("reverse", input), isPlural(input), costs.adjointFma],
    ["accumulating every factor and multiplying", false, costs.preaccumulatedProductsFma],
  ];
  const told = others.flatMap(([name, plural, fma]) =>
    fma === null || fma === undefined || fma <= base
      ? []
      : [`${name} ${plural ? "cost" : "costs"} ${grouped(fma)} FMA (${timesAsMuch(fma / base)})`],
  );
  const outside =
    memory < Infinity && costs.adjointFma === null && costs.tangentFma !== null
      ? [`${capital(modeName("reverse", input))}: the tape exceeds the bound.`]
      : [];
  return [...(told.length === 0 ? [] : [`${capital(told.join(", "))}.`]), ...outside];
}

/** How a mixed plan ends: where it is cut, and what goes through the rest. */
function cuts(tree: PlanNode): string[] {
  if (tree.kind === "product") {
    const { earlier, later, rows, columns } = tree;
    return [
      `The chain is cut after factor ${earlier.last}, where it is ${grouped(earlier.rows)} wide: ` +
        `${range(earlier.first, earlier.last)} ${blockMode(earlier)}, ${range(later.first, later.last)} ` +
        `${blockMode(later)}, then one product of ${size(rows, earlier.rows)} by ${size(earlier.rows, columns)}.`,
    ];
  }
  const [first, last] = throughOf(tree);
  if (tree.kind === "tangent") {
    const { earlier } = tree;
    return [
      `The chain is cut after factor ${earlier.last}, where it is ${grouped(earlier.rows)} wide: ` +
        `${range(earlier.first, earlier.last)} ${blockMode(earlier)}, then the ${count(tree.columns, "column")} of that block ` +
        `${tree.columns === 1 ? "is" : "are"} pushed through ${range(first, last)}.`,
    ];
  }
  if (tree.kind === "adjoint") {
    const { later } = tree;
    return [
      `The chain is cut after factor ${later.first - 1}, where it is ${grouped(later.columns)} wide: ` +
        `${range(later.first, later.last)} ${blockMode(later)}, then the ${count(tree.rows, "row")} of that block ` +
        `${tree.rows === 1 ? "is" : "are"} pulled back through ${range(first, last)}.`,
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

function size(rows: number, columns: number): string {
  return `${grouped(rows)} × ${grouped(columns)}`;
}

/** Why the mode with fewer seeds wins, said only where a JVP and a VJP of the chain cost the same. */
function seeds({ plan, costs, convention }: AdviceInput, strategy: AdvisedStrategy): string[] {
  const { rows: m, columns: n } = plan.tree;
  const { tangentFma, adjointFma } = costs;
  if ((strategy !== "forward" && strategy !== "reverse") || tangentFma === null || adjointFma === null)
    return [];
  if (convention === "given" || n === m || BigInt(tangentFma) * BigInt(m) !== BigInt(adjointFma) * BigInt(n))
    return [];
  const [few, many] =
    n < m ? [`n = ${grouped(n)}`, `m = ${grouped(m)}`] : [`m = ${grouped(m)}`, `n = ${grouped(n)}`];
  return [
    `A JVP and a VJP cost the same, ${grouped(tangentFma / n)} FMA, so the mode with fewer seeds wins: ${few} against ${many}.`,
  ];
}

/** Says what was tried, and nothing of widths between or beyond. */
function switching(input: AdviceInput): string[] {
  const { narrowest } = input;
  if (narrowest === undefined) return [];
  const { after, width, switchWidth, widest } = narrowest;
  const place = `the narrowest place (after factor ${after}, now ${grouped(width)} wide)`;
  const both = isPlural(input) ? "products from either end" : "both pure modes";
  if (switchWidth === null) {
    return [`Even with ${place} at width 1 no mixed plan would be cheaper than ${both}.`];
  }
  const still = width <= switchWidth ? "still " : "";
  if (switchWidth === widest) {
    return [
      `With ${place} as wide as ${grouped(widest)}, the widest that was tried, a mixed plan would ${still}be cheaper than ${both}.`,
    ];
  }
  return [
    `With ${place} at width ${grouped(switchWidth)} a mixed plan would ${still}be cheaper than ${both}, at ${grouped(switchWidth + 1)} it would not.`,
  ];
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
