/** @file Least squares on cells crossed by case and process, with standard errors that know of both. */

import { LuDecomposition, Matrix } from "ml-matrix";
import { JacobenchError } from "../errors.ts";
import { CONFIDENCE, type Estimate, type Interval } from "./interval.ts";
import { condition, dotProduct, leastSquares } from "./least-squares.ts";
import { studentTQuantile } from "./student-t.ts";

/** One value of one case in one process. */
export type Cell = {
  readonly case: string;
  readonly process: string;
  /** The regressors, the one for the constant included. */
  readonly x: readonly number[];
  readonly y: number;
};

/** A fit with its uncertainty. */
export type CrossedRegression = {
  readonly coefficients: readonly number[];
  /** Root mean square of the residuals of the case means. */
  readonly residualRms: number;
  readonly rSquared: number;
  readonly cases: number;
  readonly processes: number;
  /**
   * The linear combination `direction`·β with its 95 % interval; the interval is null where there are too few cases or
   * processes for a standard error.
   */
  combine(direction: readonly number[]): Estimate;
  /** {@link combine} of the j-th coefficient alone. */
  coefficient(j: number): Estimate;
  /** The interval of the j-th coefficient at another confidence than 95 %. */
  intervalAt(j: number, confidence: number): Interval | null;
};

/**
 * The difference that estimates what processes contribute may be negative by chance. Cutting it at 0 would make
 * intervals too wide where processes do not differ, letting it run would make them too short; by simulation, this share
 * of the cases' variance is where it may end.
 */
const LEAST_SHARE = -0.1;

/**
 * Fits y ≈ x·β over all cells and estimates the covariance of β from two sources, added:
 *
 * - between cases: the jackknife that leaves out one case with all its processes (CR3: Bell and McCaffrey, Bias
 *   reduction in standard errors for linear regression with multi-stage samples, Survey Methodology 28 (2002)
 *   169–181), which holds whatever makes one case slower than the law, and its rounds' noise;
 * - between processes: the jackknife that leaves out one process, less the noise of single cells that the first
 *   source holds already (two-way clustering: Cameron, Gelbach and Miller, Robust inference with multiway clustering,
 *   Journal of Business and Economic Statistics 29 (2011) 238–249; their third term is replaced by the noise alone,
 *   since with few processes it would take a share of the case effects away).
 *
 * Intervals use the mean of the two Student's t quantiles (cases less regressors, processes less one), weighted by
 * the two variances (Cochran and Cox, Experimental Designs, 2nd ed., 1957, 4.14): with 5 processes Satterthwaite's
 * single t covered less. Chosen by simulation, see analysis/simulation/coverage.ts.
 *
 * @param cells - every case in as many processes as measured it; y and x finite
 * @throws {JacobenchError} `ERR_SHAPE` if there are fewer cells than regressors, `ERR_RANGE` if regressors depend on
 *   each other
 */
export function crossedRegression(cells: readonly Cell[]): CrossedRegression {
  const fit = leastSquares(
    cells.map((cell) => cell.x),
    cells.map((cell) => cell.y),
  );
  const columns = fit.coefficients.length;
  const byCase = groupIndices(cells, (cell) => cell.case);
  const byProcess = groupIndices(cells, (cell) => cell.process);
  const caseDeviations = jackknife(cells, byCase);
  const processDeviations = jackknife(cells, byProcess);
  const noise = noiseVariance(cells, fit.residuals, byCase, byProcess);
  const caseDegrees = byCase.length - columns;
  const processDegrees = byProcess.length - 1;

  const combine = (direction: readonly number[], confidence = CONFIDENCE): Estimate => {
    const estimate = dotProduct(direction, fit.coefficients);
    if (caseDegrees < 1 || caseDeviations === null) return { estimate, interval95: null };
    const fromCases = jackknifeVariance(caseDeviations, direction);
    const shared =
      noise *
      dotProduct(
        direction,
        fit.inverseGram.map((row) => dotProduct(row, direction)),
      );
    const fromProcesses =
      processDegrees < 1 || processDeviations === null
        ? 0
        : Math.max(LEAST_SHARE * fromCases, jackknifeVariance(processDeviations, direction) - shared);
    const total = fromCases + fromProcesses;
    if (total === 0) return { estimate, interval95: [estimate, estimate] };
    const quantile = (degrees: number): number =>
      studentTQuantile((1 + confidence) / 2, Math.max(1, degrees));
    const weight = Math.max(0, fromProcesses) / Math.max(total, fromCases);
    const t = (1 - weight) * quantile(caseDegrees) + weight * quantile(processDegrees);
    const half = t * Math.sqrt(total);
    return { estimate, interval95: [estimate - half, estimate + half] };
  };

  const unit = (j: number): number[] => {
    if (!Number.isInteger(j) || j < 0 || j >= columns) {
      throw new JacobenchError(
        "ERR_RANGE",
        `crossedRegression: coefficient ${j}; expected 0 to ${columns - 1}`,
      );
    }
    return fit.coefficients.map((_, k) => (k === j ? 1 : 0));
  };
  const caseResiduals = byCase.map(
    (group) => group.reduce((sum, i) => sum + fit.residuals[i]!, 0) / group.length,
  );
  return {
    coefficients: fit.coefficients,
    residualRms: Math.sqrt(dotProduct(caseResiduals, caseResiduals) / caseResiduals.length),
    rSquared: fit.rSquared,
    cases: byCase.length,
    processes: byProcess.length,
    combine: (direction) => combine(direction),
    coefficient: (j) => combine(unit(j)),
    intervalAt: (j, confidence) => combine(unit(j), confidence).interval95,
  };
}

function groupIndices(cells: readonly Cell[], key: (cell: Cell) => string): number[][] {
  const groups = new Map<string, number[]>();
  for (const [index, cell] of cells.entries()) {
    const group = groups.get(key(cell));
    if (group) group.push(index);
    else groups.set(key(cell), [index]);
  }
  return [...groups.values()];
}

/** For each group: the coefficients without it; null where what is left cannot be fitted. */
function jackknife(cells: readonly Cell[], groups: readonly number[][]): number[][] | null {
  if (groups.length < 2) return null;
  const columns = cells[0]!.x.length;
  const sums = (indices: Iterable<number>): { gram: Matrix; moment: Matrix } => {
    const gram = Matrix.zeros(columns, columns);
    const moment = Matrix.zeros(columns, 1);
    for (const index of indices) {
      const { x, y } = cells[index]!;
      for (let j = 0; j < columns; j++) {
        moment.set(j, 0, moment.get(j, 0) + x[j]! * y);
        for (let k = 0; k < columns; k++) gram.set(j, k, gram.get(j, k) + x[j]! * x[k]!);
      }
    }
    return { gram, moment };
  };
  const all = sums(cells.keys());
  const scale = all.gram.diagonal();
  const result: number[][] = [];
  for (const group of groups) {
    const left = sums(group);
    const gram = Matrix.sub(all.gram, left.gram);
    const lu = new LuDecomposition(gram);
    if (lu.isSingular() || gram.diagonal().some((value, j) => value <= 1e-9 * scale[j]!)) return null;
    const solution = lu.solve(Matrix.sub(all.moment, left.moment)).to1DArray();
    if (!solution.every(Number.isFinite)) return null;
    result.push(solution);
  }
  return result;
}

/** (G − 1)/G · Σ over groups of the squared deviation of direction·β from its mean. */
function jackknifeVariance(left: readonly (readonly number[])[], direction: readonly number[]): number {
  const values = left.map((coefficients) => dotProduct(coefficients, direction));
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return (squares * (values.length - 1)) / values.length;
}

/**
 * Variance of a cell once the mean of its case, and what its process does to all cases (a fit of its own), are taken
 * off; 0 where that leaves nothing.
 */
function noiseVariance(
  cells: readonly Cell[],
  residuals: readonly number[],
  byCase: readonly number[][],
  byProcess: readonly number[][],
): number {
  const left = [...residuals];
  for (const group of byCase) {
    const centre = group.reduce((sum, index) => sum + left[index]!, 0) / group.length;
    for (const index of group) left[index]! -= centre;
  }
  let squares = 0;
  let degrees = 0;
  for (const group of byProcess) {
    const X = group.map((index) => cells[index]!.x);
    const columns = X[0]!.length;
    if (group.length <= columns || condition(X) > 1e6) continue;
    const own = leastSquares(
      X,
      group.map((index) => left[index]!),
    );
    squares += dotProduct(own.residuals, own.residuals);
    degrees += group.length - columns;
  }
  // Taking the case means off leaves (P − 1)/P of the degrees of freedom.
  degrees *= (byProcess.length - 1) / byProcess.length;
  return degrees < 1 ? 0 : squares / degrees;
}
