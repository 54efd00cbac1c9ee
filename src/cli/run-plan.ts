/** @file The work of `plan`. (N) */

import type { ChainShape } from "../chain/shape.ts";
import { JacobenchError } from "../errors.ts";
import { bracketingText, bracketingTree } from "../planner/bracketing.ts";
import type { KernelCalibration } from "../planner/calibration.ts";
import { parseChainFile } from "../planner/chain-file.ts";
import { type ChainPlan, planChain } from "../planner/chain-product.ts";
import { type Convention, type Elemental, elementalsOf } from "../planner/elemental.ts";
import { type HomogeneousCosts, homogeneousCosts } from "../planner/homogeneous.ts";
import { type PredictedSeconds, predictSeconds } from "../planner/plan-seconds.ts";
import { type Schedule, scheduleTasks, tasksOf } from "../planner/schedule.ts";
import { planTime, type TimePlan } from "../planner/time-plan.ts";
import { currentCalibration } from "./calibration-store.ts";
import { readShape } from "./options.ts";
import { readJsonFile } from "./parse.ts";
import type { PlanCommandOptions } from "./plan.ts";
import { type Fitting, fittingStrategies } from "./plan-fitting.ts";
import { pictureFormat, writePicture } from "./plan-picture.ts";
import { planText } from "./plan-text.ts";

/** What is planned: factors, how they are counted, and the layers behind them where there are any. */
export type Subject = {
  readonly elementals: readonly Elemental[];
  readonly convention: Convention;
  readonly memory: number;
  readonly shape: ChainShape | null;
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
  if (options.picture !== undefined) pictureFormat(options.picture);
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
  const calibration =
    options.minimize === "time" ? await currentCalibration(options.kernel, options.cache) : null;
  const time = calibration === null ? null : timesOf(subject.shape!, plan, calibration);
  const fitting =
    options.maxBytes === undefined
      ? null
      : fittingStrategies(subject.shape!, subject.convention, options.maxBytes, calibration);
  const schedule =
    options.workers === undefined ? null : scheduleTasks(tasksOf(plan.operations), options.workers);
  if (options.picture !== undefined) {
    const tree = bracketingTree(time?.plan.tree ?? plan.tree);
    await writePicture({ tree, widths: widthsOf(subject), ...subject, ...costs }, options.picture);
  }
  return options.format === "json"
    ? planJson(subject, plan, costs, { time, fitting, schedule })
    : planText(options, subject, plan, costs, { time, fitting, schedule });
}

/** The fastest plan, and what the plan by FMA should take on the same machine. */
export type Times = { readonly plan: TimePlan; readonly byFma: PredictedSeconds };

/** What was asked for beside the plan. */
export type Extras = {
  readonly time: Times | null;
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
  const untimed =
    convention === "matrix-free" ? "convention matrix-free" : options.memory !== undefined ? "memory" : null;
  const without = options.allDense ? "all-dense" : untimed;
  if (options.minimize === "time" && without !== null) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `plan: --${without} is about counting FMA; --minimize time plans what is executed, with given Jacobians and ` +
        "their structure: leave one of the two out",
    );
  }
  const elementals = elementalsOf(shape, convention, options.allDense ?? false);
  return { elementals, convention, memory: options.memory ?? Number.POSITIVE_INFINITY, shape };
}

function timesOf({ layers }: ChainShape, plan: ChainPlan, calibration: KernelCalibration): Times {
  return { plan: planTime(layers, calibration), byFma: predictSeconds(plan.tree, layers, calibration) };
}

function widthsOf({ elementals }: Subject): number[] {
  return [elementals[0]!.n, ...elementals.map(({ m }) => m)];
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
          seconds: extras.time.plan.seconds,
          interval: extras.time.plan.interval,
          fma: extras.time.plan.fma,
          bracketing: bracketingTree(extras.time.plan.tree),
          text: bracketingText(extras.time.plan.tree),
          optimumByFma: extras.time.byFma,
        },
      }),
      ...(extras.fitting && { fitting: extras.fitting }),
      ...(extras.schedule && { schedule: extras.schedule }),
    },
    null,
    2,
  );
}
