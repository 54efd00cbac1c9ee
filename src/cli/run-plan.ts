/** @file The work of `plan`. (N) */

import { wrapText as wrapLines } from "../../analysis/text.ts";
import { predictCost } from "../ad/jacobian.ts";
import { buildShape } from "../chain/build.ts";
import type { ChainShape } from "../chain/shape.ts";
import { JacobenchError } from "../errors.ts";
import { BRACKETING_LEGEND, bracketingText, bracketingTree } from "../planner/bracketing.ts";
import { parseChainFile } from "../planner/chain-file.ts";
import { type ChainPlan, planChain } from "../planner/chain-product.ts";
import { type Convention, type Elemental, elementalsOf } from "../planner/elemental.ts";
import { describeOperations, explainPlan, grouped, type NarrowestPlace } from "../planner/explain.ts";
import { frameworkCode } from "../planner/framework-code.ts";
import { type HomogeneousCosts, homogeneousCosts } from "../planner/homogeneous.ts";
import { type Schedule, scheduleTasks, tasksOf } from "../planner/schedule.ts";
import { switchWidth } from "../planner/switch-width.ts";
import { planTime, type TimePlan } from "../planner/time-plan.ts";
import type { StrategyOptions } from "../strategies/types.ts";
import { currentCalibration } from "./calibration-store.ts";
import { readShape } from "./options.ts";
import { readJsonFile } from "./parse.ts";
import type { PlanCommandOptions } from "./plan.ts";
import { formatBytes, formatSeconds, formatTable } from "./table.ts";

/** What is planned: factors, how they are counted, and the layers behind them where there are any. */
type Subject = {
  readonly elementals: readonly Elemental[];
  readonly convention: Convention;
  readonly memory: number;
  readonly shape: ChainShape | null;
};

/** A strategy that fits into the memory that there is. */
type Fitting = {
  readonly strategy: string;
  readonly options: StrategyOptions;
  readonly fma: number;
  readonly bytes: number;
};

/** A chain is planned with progress from this length on. */
const LONG_CHAIN = 700;

/**
 * Plans a chain and explains the plan.
 *
 * @param options - of the command
 * @returns words and a table, or JSON
 * @throws {JacobenchError} for a chain that cannot be, options that do not fit it, or a missing calibration
 */
export async function planCommand(options: PlanCommandOptions): Promise<string> {
  const subject = await readSubject(options);
  const progress = subject.elementals.length >= LONG_CHAIN && process.stderr.isTTY === true;
  const plan = planChain(subject.elementals, {
    memory: subject.memory,
    ...(progress && {
      onProgress: (done) => process.stderr.write(`\rplanning ${(100 * done).toFixed(0)} %`),
    }),
  });
  if (progress) process.stderr.write("\r\u001b[K");
  const costs = homogeneousCosts(subject.elementals, subject.memory);
  const time = options.minimize === "time" ? await timePlan(options, subject) : null;
  const fitting = options.maxBytes === undefined ? null : fittingStrategies(subject, options.maxBytes);
  const schedule =
    options.workers === undefined ? null : scheduleTasks(tasksOf(plan.operations), options.workers);
  return options.format === "json"
    ? planJson(subject, plan, costs, { time, fitting, schedule })
    : planText(options, subject, plan, costs, { time, fitting, schedule });
}

type Extras = {
  readonly time: TimePlan | null;
  readonly fitting: readonly Fitting[] | null;
  readonly schedule: Schedule | null;
};

async function readSubject(options: PlanCommandOptions): Promise<Subject> {
  if (options.chain !== undefined) {
    const refused = (["activation", "loss", "convention", "maxBytes", "allDense"] as const).find(
      (name) => options[name] !== undefined,
    );
    if (refused !== undefined || options.minimize === "time") {
      throw new JacobenchError(
        "ERR_CONFIG",
        `plan: --chain holds sizes and edges only; ${refused ?? "minimize time"} needs layers: give --widths or --model`,
      );
    }
    const { elementals, memory } = parseChainFile(readJsonFile(options.chain), options.chain);
    return { elementals, convention: "file", memory: options.memory ?? memory, shape: null };
  }
  const shape = await readShape("plan", options);
  const convention = options.convention ?? "given";
  const elementals = elementalsOf(shape, convention, options.allDense ?? false);
  return { elementals, convention, memory: options.memory ?? Number.POSITIVE_INFINITY, shape };
}

async function timePlan(options: PlanCommandOptions, { shape }: Subject): Promise<TimePlan> {
  return planTime(shape!.layers, await currentCalibration(options.kernel, options.cache));
}

/** Strategies whose predicted peak fits, the cheapest first. */
function fittingStrategies({ shape, convention }: Subject, maxBytes: number): Fitting[] {
  const unitSeeds = convention === "given" ? "read" : "dense";
  const candidates: { strategy: string; options: StrategyOptions }[] = [
    { strategy: "optimal", options: { unitSeeds } },
    { strategy: "reverse", options: { unitSeeds } },
    { strategy: "reverse-blocked", options: { unitSeeds } },
    { strategy: "forward", options: { unitSeeds } },
    { strategy: "forward", options: { unitSeeds, linearisation: "recomputed" } },
    { strategy: "forward-blocked", options: { unitSeeds } },
    { strategy: "forward-blocked", options: { unitSeeds, linearisation: "recomputed" } },
  ];
  const priced = candidates.map(({ strategy, options }) => {
    const { fma, primalFma, bytes } = predictCost(shape!, { strategy, ...options });
    return { strategy, options, fma: fma + primalFma, bytes };
  });
  const fitting = priced.filter(({ bytes }) => bytes <= maxBytes).sort((a, b) => a.fma - b.fma);
  if (fitting.length > 0) return fitting;
  const least = priced.reduce((best, one) => (one.bytes < best.bytes ? one : best));
  throw new JacobenchError(
    "ERR_MEMORY",
    `plan: no strategy needs at most ${maxBytes} bytes; the least is ${least.strategy}` +
      `${least.options.linearisation === "recomputed" ? " (recomputed)" : ""} with ${least.bytes}`,
  );
}

function planJson(subject: Subject, plan: ChainPlan, costs: HomogeneousCosts, extras: Extras): string {
  const fma = (value: number | null) => (value === null ? null : { fma: value });
  return JSON.stringify(
    {
      convention: subject.convention,
      memory: Number.isFinite(subject.memory) ? subject.memory : null,
      optimum: { fma: plan.fma },
      tangent: fma(costs.tangentFma),
      adjoint: fma(costs.adjointFma),
      preaccumulation: { fma: costs.preaccumulationFma },
      products: { fma: costs.productsFma },
      bracketing: bracketingTree(plan.tree),
      text: bracketingText(plan.tree),
      operations: plan.operations,
      ...(extras.time && {
        time: {
          seconds: extras.time.seconds,
          interval: extras.time.interval,
          fma: extras.time.fma,
          bracketing: bracketingTree(extras.time.tree),
        },
      }),
      ...(extras.fitting && { fitting: extras.fitting }),
      ...(extras.schedule && { schedule: extras.schedule }),
    },
    null,
    2,
  );
}

function planText(
  options: PlanCommandOptions,
  subject: Subject,
  plan: ChainPlan,
  costs: HomogeneousCosts,
  { time, fitting, schedule }: Extras,
): string {
  const place = narrowestPlace(options, subject);
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
  if (subject.shape !== null) parts.push(...codeLines(subject.shape));
  return parts.join("\n");
}

function timeLines(time: TimePlan, plan: ChainPlan): string[] {
  const [low, high] = time.interval.map(formatSeconds);
  const same = bracketingText(time.tree) === bracketingText(plan.tree);
  return [
    `Fastest on this machine, by its calibration: ${formatSeconds(time.seconds)} [${low}, ${high}], ` +
      `${grouped(time.fma)} FMA${same ? ", the same plan as for FMA." : "."}`,
    ...(same ? [] : [`Bracketing: ${bracketingText(time.tree)}`]),
  ];
}

function fittingLines(fitting: readonly Fitting[], maxBytes: number): string[] {
  return [
    `Within ${formatBytes(maxBytes)} (FMA with the primal's; the first is the cheapest):`,
    formatTable(
      [
        { heading: "strategy", align: "left" },
        { heading: "FMA", align: "right" },
        { heading: "memory", align: "right" },
      ],
      fitting.map(({ strategy, options, fma, bytes }) => [
        options.linearisation === "recomputed" ? `${strategy} (recomputed)` : strategy,
        grouped(fma),
        formatBytes(bytes),
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

/** The narrowest hidden width, and how wide it may be for a mixed plan still to win; only for chains from widths. */
function narrowestPlace(options: PlanCommandOptions, { convention, memory }: Subject): NarrowestPlace | null {
  const { widths } = options;
  if (widths === undefined || widths.length < 3 || widths.length > 40 || convention === "file") return null;
  const inside = widths.slice(1, -1);
  const width = Math.min(...inside);
  const at = inside.indexOf(width) + 1;
  const widest = Math.max(...widths);
  const { activation, loss } = options;
  const chainOf = (h: number) =>
    elementalsOf(
      buildShape({
        widths: widths.map((own, i) => (i === at ? h : own)),
        ...(activation && { activation }),
        ...(loss && { loss }),
      }),
      convention,
      options.allDense ?? false,
    );
  const after = activation === undefined ? at : 2 * at - 1;
  return { after, width, switchWidth: switchWidth(chainOf, widest, memory), widest };
}

function codeLines(shape: ChainShape): string[] {
  return [
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
  return wrapLines(text, 80).join("\n");
}
