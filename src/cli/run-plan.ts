/** @file The work of `plan`. Node only. */

import type { ChainShape } from "../chain/shape.ts";
import { JacobenchError } from "../errors.ts";
import { type AdvisedPlan, adviseFrameworks, advisePlan } from "../planner/advised-plan.ts";
import { bracketingText, bracketingTree } from "../planner/bracketing.ts";
import type { KernelCalibration } from "../planner/calibration.ts";
import { parseChainFile } from "../planner/chain-file.ts";
import type { ChainPlan } from "../planner/chain-product.ts";
import { type Convention, type Elemental, elementalsOf } from "../planner/elemental.ts";
import { frameworkCode } from "../planner/framework-code.ts";
import { FRAMEWORKS } from "../planner/framework-layers.ts";
import { type NarrowestPlace, narrowestPlace } from "../planner/narrowest-place.ts";
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

/** A plan with its advice, and what was asked for beside it. */
export type Planned = AdvisedPlan & {
  readonly subject: Subject;
  readonly time: Times | null;
  readonly fitting: readonly Fitting[] | null;
  readonly schedule: Schedule | null;
};

/** The fastest plan, and what the plan by FMA should take on the same machine. */
export type Times = { readonly plan: TimePlan; readonly byFma: PredictedSeconds };

/** A chain is planned with progress from this length on. */
const LONG_CHAIN = 700;

/**
 * Plans a chain and explains the plan.
 *
 * @param options - of the command
 * @returns words and a table, code alone, or JSON
 * @throws {JacobenchError} for a chain that cannot be, options that do not fit it, or a missing calibration
 */
export async function planCommand(options: PlanCommandOptions): Promise<string> {
  if (options.picture !== undefined) pictureFormat(options.picture);
  const subject = await readSubject(options);
  if (options.code !== undefined)
    return frameworkCode(codeShape(subject), CODE_NAMES[options.code]).trimEnd();
  const { convention, shape, elementals, memory } = subject;
  const narrowest = placeOf(options, subject);
  const advised = withProgress(elementals.length, (progress) =>
    convention === "matrix-free"
      ? adviseFrameworks(shape!, narrowest, progress)
      : advisePlan(elementals, convention, narrowest, { memory, ...progress }),
  );
  const { plan, costs } = advised;
  const calibration =
    options.minimize === "time" ? await currentCalibration(options.kernel, options.cache) : null;
  const planned: Planned = {
    ...advised,
    subject,
    time: calibration === null ? null : timesOf(shape!, plan, calibration),
    fitting:
      options.maxBytes === undefined
        ? null
        : fittingStrategies(shape!, convention, options.maxBytes, calibration),
    schedule: options.workers === undefined ? null : scheduleTasks(tasksOf(plan.operations), options.workers),
  };
  if (options.picture !== undefined) {
    const tree = bracketingTree(planned.time?.plan.tree ?? plan.tree);
    const { tangentFma, adjointFma } = costs;
    const { areProducts } = advised;
    await writePicture(
      { tree, widths: widthsOf(subject), convention, areProducts, tangentFma, adjointFma },
      options.picture,
    );
  }
  return options.format === "json" ? planJson(planned) : planText(options, planned);
}

/** Says on a terminal how far the plan of a long chain is. */
function withProgress<Result>(
  factors: number,
  work: (options: { onProgress?: (done: number) => void }) => Result,
): Result {
  if (factors < LONG_CHAIN || process.stderr.isTTY !== true) return work({});
  const result = work({
    onProgress: (done) => process.stderr.write(`\rplanning ${(100 * done).toFixed(0)} %`),
  });
  process.stderr.write("\r\u001b[K");
  return result;
}

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
  const timed = options.minimize === "time";
  const convention = options.convention ?? (timed ? "given" : "matrix-free");
  refuseMixed(options, convention);
  const elementals = elementalsOf(shape, convention, options.allDense ?? false);
  return { elementals, convention, memory: options.memory ?? Number.POSITIVE_INFINITY, shape };
}

/** Refuses options that are about another plan than the one that is asked for. */
function refuseMixed({ minimize, memory, allDense }: PlanCommandOptions, convention: Convention): void {
  const counting = allDense ? "--all-dense" : memory !== undefined ? "--memory" : null;
  if (minimize === "time") {
    const without = counting ?? (convention === "matrix-free" ? "--convention matrix-free" : null);
    if (without === null) return;
    throw new JacobenchError(
      "ERR_CONFIG",
      `plan: ${without} is about counting FMA; --minimize time plans what is executed, with given Jacobians and their ` +
        "structure: leave one of the two out",
    );
  }
  if (convention === "matrix-free" && counting !== null) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `plan: ${counting} is about plans over layers' matrices; JAX and PyTorch have no such choice: add --convention given, ` +
        "or leave it out",
    );
  }
}

/** Names of frameworks as `--code` takes them. */
const CODE_NAMES = { jax: "jax", torch: "pytorch" } as const;

function codeShape({ shape, convention }: Subject): ChainShape {
  if (shape === null) {
    throw new JacobenchError(
      "ERR_CONFIG",
      "plan: --code needs layers: give --widths or --model in place of --chain",
    );
  }
  if (convention !== "matrix-free") {
    throw new JacobenchError(
      "ERR_CONFIG",
      "plan: --code is for JAX and PyTorch, which are given no matrices: leave --convention given and --minimize time out",
    );
  }
  return shape;
}

/** The narrowest place of a chain from widths; null for any other. */
function placeOf(options: PlanCommandOptions, { convention, memory }: Subject): NarrowestPlace | null {
  const { widths, activation, loss, allDense = false } = options;
  if (widths === undefined || convention === "file") return null;
  const spec = { widths, ...(activation && { activation }), ...(loss && { loss }) };
  return narrowestPlace(spec, { convention, memory, allDense });
}

function timesOf({ layers }: ChainShape, plan: ChainPlan, calibration: KernelCalibration): Times {
  return { plan: planTime(layers, calibration), byFma: predictSeconds(plan.tree, layers, calibration) };
}

function widthsOf({ elementals }: Subject): number[] {
  return [elementals[0]!.n, ...elementals.map(({ m }) => m)];
}

function planJson({ subject, plan, cheapestFma, costs, advice, time, fitting, schedule }: Planned): string {
  const { shape, convention, memory } = subject;
  const fma = (value: number | null | undefined) =>
    value === null || value === undefined ? null : { fma: value };
  const code =
    shape === null || convention !== "matrix-free"
      ? null
      : Object.fromEntries(FRAMEWORKS.map(({ id }) => [id, frameworkCode(shape, id)]));
  return JSON.stringify(
    {
      convention,
      memory: Number.isFinite(memory) ? memory : null,
      advice,
      plan: { fma: plan.fma },
      optimum: { fma: cheapestFma },
      tangent: fma(costs.tangentFma),
      adjoint: fma(costs.adjointFma),
      preaccumulation: fma(costs.preaccumulationFma),
      products: fma(costs.productsFma),
      bracketing: bracketingTree(plan.tree),
      text: bracketingText(plan.tree),
      operations: plan.operations,
      code,
      ...(time && {
        time: {
          seconds: time.plan.seconds,
          interval: time.plan.interval,
          fma: time.plan.fma,
          bracketing: bracketingTree(time.plan.tree),
          text: bracketingText(time.plan.tree),
          optimumByFma: time.byFma,
        },
      }),
      ...(fitting && { fitting }),
      ...(schedule && { schedule }),
    },
    null,
    2,
  );
}
