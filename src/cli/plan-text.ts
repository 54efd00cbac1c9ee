/** @file What `plan` prints for people: the advice, a table, the bracketing, and code for other frameworks. */

import { wrapText } from "../../analysis/text.ts";
import { predictCost } from "../ad/jacobian.ts";
import type { ChainShape } from "../chain/shape.ts";
import { BRACKETING_LEGEND, bracketingText } from "../planner/bracketing.ts";
import type { ChainPlan } from "../planner/chain-product.ts";
import type { Convention } from "../planner/elemental.ts";
import { describeOperations, explainPlan, grouped, type NarrowestPlace } from "../planner/explain.ts";
import { frameworkCode } from "../planner/framework-code.ts";
import type { HomogeneousCosts } from "../planner/homogeneous.ts";
import { narrowestPlace } from "../planner/narrowest-place.ts";
import type { PredictedSeconds } from "../planner/plan-seconds.ts";
import type { StrategyOptions } from "../strategies/types.ts";
import type { PlanCommandOptions } from "./plan.ts";
import { type Fitting, fittingName } from "./plan-fitting.ts";
import type { Extras, Subject, Times } from "./run-plan.ts";
import { formatBytes, formatSeconds, formatTable } from "./table.ts";

/**
 * The answer in words, tables and code; all but the code in lines of at most 80 columns.
 *
 * @param options - of the command
 * @param subject - what was planned
 * @param plan - the plan by FMA
 * @param costs - of the homogeneous plans
 * @param extras - what else was asked for
 */
export function planText(
  options: PlanCommandOptions,
  subject: Subject,
  plan: ChainPlan,
  costs: HomogeneousCosts,
  { time, fitting, schedule }: Extras,
): string {
  const place = placeOf(options, subject);
  const bytes = subject.shape === null ? null : memoryOf(subject.shape, subject.convention);
  const advice = explainPlan({
    convention: subject.convention,
    plan,
    costs,
    ...(bytes && { bytes }),
    ...(place && { narrowest: place }),
  });
  const row = (name: string, value: number | null): string[] => [
    name,
    value === null ? "–" : grouped(value),
    value === null || plan.fma === 0 ? "–" : (value / plan.fma).toPrecision(3),
  ];
  const parts = [
    ...advice.sentences.map(wrapped),
    "",
    formatTable(
      [
        { heading: "plan", align: "left" },
        { heading: "FMA", align: "right" },
        { heading: "ratio", align: "right" },
      ],
      [
        row("optimum", plan.fma),
        row("forward mode (tangents)", costs.tangentFma),
        row("reverse mode (adjoints)", costs.adjointFma),
        row("accumulate, then products", costs.preaccumulatedProductsFma),
      ],
    ),
    "",
    wrapped(`Bracketing: ${bracketingText(plan.tree)}`),
    wrapped(`(${BRACKETING_LEGEND})`),
  ];
  if (plan.operations.length <= 40) parts.push("", ...describeOperations(plan).map(wrapped));
  if (time !== null) parts.push("", ...timeLines(time, plan).map(wrapped));
  if (fitting !== null) parts.push("", ...fittingLines(fitting, options.maxBytes!));
  if (schedule !== null) {
    const proven = schedule.optimal ? "no schedule ends earlier" : "by list scheduling";
    const line = `On ${options.workers} workers: ${grouped(schedule.makespan)} FMA until the end, of ${grouped(plan.fma)} in all (${proven}).`;
    parts.push("", wrapped(line));
  }
  if (options.picture !== undefined) parts.push("", `Picture: ${options.picture}`);
  if (subject.shape !== null) parts.push(...codeLines(subject.shape));
  return parts.join("\n");
}

function timeLines({ plan: time, byFma }: Times, plan: ChainPlan): string[] {
  const shown = ({ seconds, interval }: PredictedSeconds): string =>
    `${formatSeconds(seconds)} [${interval.map(formatSeconds).join(", ")}]`;
  const same = bracketingText(time.tree) === bracketingText(plan.tree);
  return [
    `Fastest on this machine, by its calibration: ${shown(time)}, ` +
      `${grouped(time.fma)} FMA${same ? ", the same plan as by FMA." : `; the plan by FMA would take ${shown(byFma)}.`}`,
    ...(same ? [] : [`Bracketing: ${bracketingText(time.tree)}`]),
  ];
}

function fittingLines(fitting: readonly Fitting[], maxBytes: number): string[] {
  const timed = fitting.some(({ seconds }) => seconds !== null);
  const by = timed ? "the first should be the fastest" : "the first is the cheapest";
  return [
    wrapped(`Within ${formatBytes(maxBytes)} (FMA with the primal's; ${by}):`),
    formatTable(
      [
        { heading: "strategy", align: "left" },
        { heading: "FMA", align: "right" },
        { heading: "memory", align: "right" },
        ...(timed ? [{ heading: "predicted", align: "right" as const }] : []),
      ],
      fitting.map((one) => [
        fittingName(one),
        grouped(one.fma),
        formatBytes(one.bytes),
        ...(timed ? [one.seconds === null ? "–" : formatSeconds(one.seconds)] : []),
      ]),
    ),
  ];
}

function memoryOf(shape: ChainShape, convention: Convention) {
  const unitSeeds = convention === "given" ? "read" : "dense";
  const ways: readonly [string, string, StrategyOptions][] = [
    ["optimal", "optimal", { unitSeeds }],
    ["forward", "forward", { unitSeeds }],
    ["forward (recomputed)", "forward", { unitSeeds, linearisation: "recomputed" }],
    ["reverse", "reverse", { unitSeeds }],
  ];
  return ways.map(([name, strategy, options]) => ({
    strategy: name,
    bytes: predictCost(shape, { strategy, ...options }).bytes,
  }));
}

/** The narrowest place of a chain from widths; null for any other. */
function placeOf(options: PlanCommandOptions, { convention, memory }: Subject): NarrowestPlace | null {
  const { widths, activation, loss, allDense = false } = options;
  if (widths === undefined || convention === "file") return null;
  const spec = { widths, ...(activation && { activation }), ...(loss && { loss }) };
  return narrowestPlace(spec, { convention, memory, allDense });
}

function codeLines(shape: ChainShape): string[] {
  return [
    "",
    wrapped(
      "The code below has a plan of its own: JAX and PyTorch are given no Jacobian, so each block is accumulated in one mode " +
        "(the convention `matrix-free`), by JVPs or VJPs, whichever are fewer.",
    ),
    "",
    "In JAX:",
    "",
    frameworkCode(shape, { framework: "jax" }),
    "",
    "In PyTorch:",
    "",
    frameworkCode(shape, { framework: "pytorch" }),
  ];
}

/** A line of at most 80 columns becomes several. */
function wrapped(text: string): string {
  return wrapText(text, 80).join("\n");
}
