/** @file What `plan` prints for people: the advice, a table, the bracketing, and code for other frameworks. */

import { COLUMNS, formatEstimate, wrapText } from "../../analysis/text.ts";
import { predictFrameworkPlan } from "../ad/framework-cost.ts";
import { predictCost } from "../ad/jacobian.ts";
import type { ChainShape } from "../chain/shape.ts";
import { BRACKETING_LEGEND, bracketingText } from "../planner/bracketing.ts";
import type { ChainPlan } from "../planner/chain-product.ts";
import { describeOperations, grouped, modeName } from "../planner/explain.ts";
import { frameworkCode } from "../planner/framework-code.ts";
import { FRAMEWORKS } from "../planner/framework-layers.ts";
import type { PredictedSeconds } from "../planner/plan-seconds.ts";
import type { StrategyOptions } from "../strategies/types.ts";
import { chainLine } from "./chain-line.ts";
import type { PlanCommandOptions } from "./plan.ts";
import { type Fitting, fittingName } from "./plan-fitting.ts";
import type { Planned, Times } from "./run-plan.ts";
import { formatBytes, formatRatio, formatSeconds, formatTable } from "./table.ts";

/**
 * The answer in words, tables and code; all but the code in lines of at most 80 columns.
 *
 * @param options - of the command
 * @param planned - what was planned, and what else was asked for
 */
export function planText(options: PlanCommandOptions, planned: Planned): string {
  const { subject, plan, advice, time, fitting, schedule } = planned;
  const { shape, convention } = subject;
  const parts = [
    ...(shape === null ? [] : [chainLine(shape)]),
    ...advice.sentences.map(wrapped),
    ...memorySentences(planned, options).map(wrapped),
    "",
    ...(plan.fma === 0 ? [] : [planTable(planned), ""]),
    wrapped(`Bracketing: ${bracketingText(plan.tree)}`),
    wrapped(`(${BRACKETING_LEGEND})`),
  ];
  if (plan.operations.length <= 40) parts.push("", ...describeOperations(plan).map(wrapped));
  if (time !== null && time.plan.fma > 0) parts.push("", ...timeLines(time, plan).map(wrapped));
  if (fitting !== null) parts.push("", ...fittingLines(fitting, options.maxBytes!, convention));
  if (schedule !== null) {
    const proven = schedule.optimal ? "no schedule of this plan ends earlier" : "by list scheduling";
    const line = `On ${options.workers} ${options.workers === 1 ? "worker" : "workers"}: ${grouped(schedule.makespan)} FMA until the end, of ${grouped(plan.fma)} in all (${proven}).`;
    parts.push("", wrapped(line));
  }
  if (options.picture !== undefined) parts.push("", `Picture: ${options.picture}`);
  if (shape !== null && convention === "matrix-free") parts.push(...codeLines(shape));
  return parts.join("\n");
}

/** Plans of one convention, with ratios to the plan that is shown. */
function planTable({ subject, plan, costs, cheapestFma, areProducts }: Planned): string {
  const { convention } = subject;
  const mode = { convention, areProducts };
  const rows: [string, number | null | undefined][] = [
    [convention === "matrix-free" ? "advised plan" : "cheapest plan", plan.fma],
    ...(cheapestFma < plan.fma ? [["cheapest plan", cheapestFma] as [string, number]] : []),
    [modeName("forward", mode), costs.tangentFma],
    [modeName("reverse", mode), costs.adjointFma],
    ["accumulate, then products", costs.preaccumulatedProductsFma],
  ];
  return formatTable(
    [
      { heading: "plan", align: "left" },
      { heading: "FMA", align: "right" },
      { heading: "ratio", align: "right" },
    ],
    rows.flatMap(([name, fma]) =>
      fma === undefined
        ? []
        : [[name, ...(fma === null ? ["–", "–"] : [grouped(fma), formatRatio(fma / plan.fma)])]],
    ),
  );
}

function timeLines({ plan: time, byFma }: Times, plan: ChainPlan): string[] {
  const shown = ({ seconds, interval }: PredictedSeconds): string =>
    formatEstimate({ estimate: seconds, interval95: interval }, formatSeconds);
  const same = bracketingText(time.tree) === bracketingText(plan.tree);
  const alike = byFma.seconds <= time.interval[1];
  const other = alike
    ? `; the plan by FMA should take about as long (${shown(byFma)}).`
    : `; the plan by FMA would take ${shown(byFma)}.`;
  return [
    `Fastest on this machine, by its calibration: ${shown(time)}, ` +
      `${grouped(time.fma)} FMA${same ? ", the same plan as by FMA." : other}`,
    ...(same ? [] : [`Bracketing: ${bracketingText(time.tree)}`]),
  ];
}

function fittingLines(
  fitting: readonly Fitting[],
  maxBytes: number,
  convention: Planned["subject"]["convention"],
): string[] {
  const timed = fitting.some(({ seconds }) => seconds !== null);
  const by = timed ? "the first of these should be the fastest" : "the first of these is the cheapest";
  const what = convention === "given" ? "matrices at hand, seeds read" : "nothing at hand, dense seeds";
  return [
    wrapped(`Within ${formatBytes(maxBytes)} (${what}; FMA with the primal's; ${by}):`),
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

/** Peak memory of the plan and of the pure modes, counted in the same convention; none of a plan that nothing executes. */
function memorySentences({ subject, plan }: Planned, { allDense = false }: PlanCommandOptions): string[] {
  const { shape, convention, memory } = subject;
  if (shape === null || plan.fma === 0 || allDense || memory < Infinity) return [];
  const of = (strategy: string, options: StrategyOptions): string =>
    formatBytes(predictCost(shape, { strategy, ...options }).bytes);
  if (convention === "given") {
    const read = { unitSeeds: "read" } as const;
    return [
      `Memory at the peak in float64, one seed at a time in the modes: the strategy optimal ${of("optimal", {})}, forward ` +
        `${of("forward", read)}, forward (recomputed) ${of("forward", { ...read, linearisation: "recomputed" })}, reverse ` +
        `${of("reverse", read)}.`,
    ];
  }
  const all = { blockSize: "all" } as const;
  return [
    `Memory at the peak in float64, all seeds of a call at once: this plan ${formatBytes(predictFrameworkPlan(plan, shape).bytes)}, ` +
      `forward mode ${of("forward-blocked", all)}, reverse mode ${of("reverse-blocked", all)}.`,
  ];
}

function codeLines(shape: ChainShape): string[] {
  return FRAMEWORKS.flatMap(({ id, title }) => ["", `In ${title}:`, "", frameworkCode(shape, id)]);
}

/** A line of at most 80 columns becomes several. */
function wrapped(text: string): string {
  return wrapText(text, COLUMNS).join("\n");
}
