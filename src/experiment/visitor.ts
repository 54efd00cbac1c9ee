/** @file Measures one variant on one case: warm-up, timing, and comparison with the reference after it. */

import { prepareJacobian, referenceJacobian } from "../ad/jacobian.ts";
import { FLOAT64_BYTES, type Matrix, maxAbs, maxAbsDifference, type Vector } from "../array.ts";
import type { Chain } from "../chain/chain.ts";
import { describeShape } from "../chain/describe.ts";
import { prepareValueThrough } from "../chain/through.ts";
import { JacobenchError } from "../errors.ts";
import { kernelById } from "../kernels/index.ts";
import { adopted, createWorkspace } from "../kernels/types.ts";
import { timePrepare } from "../measure/prepare-time.ts";
import { sampleSeconds } from "../measure/sampler.ts";
import { consume } from "../measure/sink.ts";
import { strategyById } from "../strategies/index.ts";
import type { Warning } from "../warnings.ts";
import type { Assignment, Measured } from "./messages.ts";
import type { Follow } from "./recipe.ts";

/** Chains and prepared strategies of other cases are kept up to this many bytes. */
const CACHE_BYTES = 256 * 2 ** 20;
/** A variant that is met for the first time in a process is run this often and this long before any clock. */
const WARM_UP_RUNS = 5;
const WARM_UP_SECONDS = 0.01;
/** A longer run is its own warm-up: the sampler probes it once, untimed, and one run compiles all of its loops. */
const LONG_RUN_FMA = 2e7;

/** Measures what it is asked to, keeping what it has built. */
export type Visitor = {
  /**
   * @param id - of the case
   * @param label - of the variant
   * @throws {JacobenchError} `ERR_MEASURE` if the timed work throws, `ERR_UNKNOWN_NAME` for what was not assigned
   */
  measure(id: string, label: string): Promise<Measured>;
};

type Variant = Assignment["variants"][number];

type Prepared = {
  readonly linearise: () => void;
  /** One function for all visits: the sampler remembers long ones by it. */
  readonly run: () => Matrix;
  /** What the last run, a timed one, has returned. */
  readonly last: () => Matrix;
  readonly bytes: number;
};

/** A case that is built, with what has been prepared on it. */
type Built = {
  readonly chain: Chain;
  readonly x: Vector;
  readonly prepared: Map<string, Prepared>;
  readonly references: Map<string, Matrix>;
  /** The primal value alone, by kernel. */
  readonly values: Map<string, () => void>;
};

/**
 * Makes a visitor for the cases and variants of an assignment.
 *
 * @param assignment - from the parent
 * @param follow - makes a case's chain and point
 * @param cacheBytes - how much is kept for later visits
 */
export function createVisitor(
  assignment: Assignment,
  follow: Follow,
  cacheBytes: number = CACHE_BYTES,
): Visitor {
  const recipes = new Map(assignment.cases.map(({ id, recipe }) => [id, recipe]));
  const variants = new Map(assignment.variants.map((variant) => [variant.label, variant]));
  /** In the order of their last use. */
  const cases = new Map<string, Built>();

  function built(id: string): Built {
    const known = cases.get(id);
    const item = known ?? {
      ...follow(assigned(recipes, id)),
      prepared: new Map(),
      references: new Map(),
      values: new Map(),
    };
    cases.delete(id);
    cases.set(id, item);
    let bytes = [...cases.values()].reduce((sum, other) => sum + bytesOf(other), 0);
    for (const [other, oldest] of cases) {
      if (bytes <= cacheBytes || other === id) break;
      bytes -= bytesOf(oldest);
      cases.delete(other);
    }
    return item;
  }

  return {
    measure: async (id, label) => {
      const variant = assigned(variants, label);
      const item = built(id);
      const known = item.prepared.get(label);
      const work = known ?? prepare(item, variant);
      item.prepared.set(label, work);
      const secondsPrepare = timePrepare(work.linearise);
      const secondsValue =
        assignment.timing.value === true ? timePrepare(valueAlone(item, variant.kernel)) : null;
      const { samples, runsPerSample, warnings } = await sampleSeconds(work.run, assignment.timing);
      const reference = referenceOf(item, variant);
      const maxAbsError = maxAbsDifference(work.last(), reference);
      const maxAbsReference = maxAbs(reference);
      return {
        secondsPrepare,
        secondsValue,
        samples,
        runsPerSample,
        maxAbsError,
        maxAbsReference,
        warnings: [...warnings, ...accuracyWarnings(variant.strategy, maxAbsError, maxAbsReference)],
      };
    },
  };
}

/**
 * Warns where a Jacobian is not what its strategy promises.
 *
 * @param strategy - its id
 * @param maxAbsError - max |J − J_reference|; NaN if an entry is
 * @param maxAbsReference - max |J_reference|
 */
export function accuracyWarnings(strategy: string, maxAbsError: number, maxAbsReference: number): Warning[] {
  if (!Number.isFinite(maxAbsError)) {
    return [{ code: "non-finite", message: `the Jacobian differs from the reference by ${maxAbsError}` }];
  }
  const allowed = strategyById(strategy).relativeTolerance * maxAbsReference;
  if (maxAbsError <= allowed) return [];
  const message =
    `the Jacobian differs from the reference by ${maxAbsError.toExponential(2)}; ` +
    `${strategy} may differ by ${allowed.toExponential(2)}`;
  return [{ code: "inaccurate", message }];
}

function prepare(item: Built, variant: Variant): Prepared {
  const { strategy, kernel, options } = variant;
  const prepared = prepareJacobian(item.chain, item.x, { strategy, kernel, ...options });
  let last: Matrix | null = null;
  const run = (): Matrix => {
    last = prepared.run();
    return last;
  };
  const { fma, timedPrimalFma } = prepared.prediction;
  if (fma + timedPrimalFma < LONG_RUN_FMA) warmUp(run);
  return { linearise: () => prepared.linearise(), run, last: () => last!, bytes: prepared.peakBytes };
}

function warmUp(run: () => Matrix): void {
  const start = performance.now();
  for (let i = 0; i < WARM_UP_RUNS || performance.now() - start < WARM_UP_SECONDS * 1000; i++) run();
}

/** Evaluates f(x) by a kernel, and nothing else. */
function valueAlone(item: Built, kernel: string): () => void {
  const known = item.values.get(kernel);
  if (known !== undefined) return known;
  const workspace = createWorkspace(kernelById(kernel));
  const value = prepareValueThrough(item.chain.layers, workspace);
  const x = adopted(workspace.kernel, item.x);
  const y = workspace.allocator.allocate(item.chain.m);
  const evaluate = (): void => {
    value(x, y);
    consume(y);
  };
  item.values.set(kernel, evaluate);
  return evaluate;
}

/** The Jacobian by the readable kernel, once for each case and process. */
function referenceOf(item: Built, variant: Variant): Matrix {
  const { withRespectTo } = strategyById(variant.strategy);
  const known = item.references.get(withRespectTo);
  if (known !== undefined) return known;
  const reference = referenceJacobian(item.chain, item.x, withRespectTo);
  item.references.set(withRespectTo, reference);
  return reference;
}

function bytesOf(item: Built): number {
  let bytes = describeShape(item.chain.shape).weightBytes;
  for (const { bytes: own } of item.prepared.values()) bytes += own;
  for (const reference of item.references.values()) bytes += reference.size * FLOAT64_BYTES;
  return bytes;
}

function assigned<Value>(known: ReadonlyMap<string, Value>, name: string): Value {
  const found = known.get(name);
  if (found !== undefined) return found;
  throw new JacobenchError(
    "ERR_UNKNOWN_NAME",
    `worker: "${name}" was not assigned; expected one of ${[...known.keys()].join(", ")}`,
  );
}
