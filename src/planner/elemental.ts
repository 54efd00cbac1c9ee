/**
 * @file The factors of a chain of Jacobians as the planner sees them, and what it costs to accumulate one.
 *
 * The model is that of U. Naumann, "Matrix-Free Jacobian Chaining" (arXiv:2406.11862, 2024), and "Optimization of
 * Generalized Jacobian Chain Products without Memory Constraints" (arXiv:2003.05755, 2020): an elemental function F_i
 * has n_i inputs, m_i outputs and |E_i| edges, the FMA of one tangent or one adjoint of it.
 */

import type { ChainShape, LayerShape } from "../chain/shape.ts";
import { columnFma, productFma, rowFma } from "../cost/structure-cost.ts";
import { JacobenchError } from "../errors.ts";
import { LARGEST_COST } from "./exact.ts";

/**
 * What is at hand before anything is accumulated; never mixed in one comparison.
 *
 * - `matrix-free`: nothing. The homogeneous plans cost exactly n·Σ|E| and m·Σ|E|.
 * - `given`: the matrix of a dense layer and the diagonal of an activation.
 * - `file`: what a chain file says, factor by factor.
 */
export type Convention = "matrix-free" | "given" | "file";

/** How a factor's Jacobian is built; only `diagonal` makes products with it cheaper once it is accumulated. */
export type ElementalStructure = "dense" | "diagonal" | "diagonal-plus-rank-one" | "identity-plus";

/** One factor F_i of a chain, first applied first. */
export type Elemental = {
  /** Inputs: columns of its Jacobian. */
  readonly n: number;
  /** Outputs: rows of its Jacobian. */
  readonly m: number;
  /** |E|: FMA of one tangent, and of one adjoint; null where only the Jacobian itself is at hand. */
  readonly edges: number | null;
  /** Whether the Jacobian is at hand free of charge. */
  readonly given: boolean;
  readonly structure: ElementalStructure;
  /** What an adjoint of it keeps in memory, in the unit of the memory bound: |E| in the literature. */
  readonly tape: number;
  /** FMA of one column of the Jacobian at the start of a tangent sweep; null without edges. */
  readonly columnFma: number | null;
  /** FMA of one row of the Jacobian at the start of an adjoint sweep; null without edges. */
  readonly rowFma: number | null;
  /** The factors of J_inner in J = I + J_inner; null for all others. */
  readonly inner: readonly Elemental[] | null;
};

/** A factor in the literature's terms, as in chain files. */
export type ElementalSpec = {
  readonly n: number;
  readonly m: number;
  readonly edges?: number | undefined;
  readonly given?: boolean | undefined;
};

/**
 * A dense factor in the literature's terms.
 *
 * @param spec - sizes; `edges` absent means that the Jacobian is given, `given` beside `edges` means both
 */
export function denseElemental(spec: ElementalSpec): Elemental {
  const edges = spec.edges ?? null;
  const given = edges === null || spec.given === true;
  const seed = edges === null ? null : given ? 0 : edges;
  const tape = edges ?? 0;
  const { n, m } = spec;
  return { n, m, edges, given, structure: "dense", tape, columnFma: seed, rowFma: seed, inner: null };
}

/**
 * The factors of a chain of layers, one a layer.
 *
 * @param shape - of the chain
 * @param convention - `given` or `matrix-free`
 * @param allDense - true to forget diagonal, rank-one and identity structure, as the literature does
 */
export function elementalsOf(
  shape: ChainShape,
  convention: "matrix-free" | "given",
  allDense = false,
): Elemental[] {
  return shape.layers.map((layer) => elementalOf(layer, convention === "given", allDense));
}

function elementalOf(layer: LayerShape, atHand: boolean, allDense: boolean): Elemental {
  const { structure, inputWidth: n, outputWidth: m } = layer;
  const edges = productFma(structure);
  const matrixIsHeld = structure.kind === "dense" || structure.kind === "diagonal";
  const given = structure.kind === "identity" || (atHand && matrixIsHeld);
  if (allDense) return denseElemental({ n, m, edges, given });
  return {
    n,
    m,
    edges,
    given,
    structure: structure.kind === "identity" ? "diagonal" : structure.kind,
    tape: edges,
    columnFma: atHand ? columnFma(structure) : edges,
    rowFma: atHand ? rowFma(structure) : edges,
    inner:
      structure.kind === "identity-plus"
        ? structure.inner.map((inner) => elementalOf(inner, atHand, false))
        : null,
  };
}

/** How one factor's Jacobian is accumulated, and at what cost. */
export type Accumulation = {
  /** `inner`: by the plan of its inner chain, then the identity is added. */
  readonly mode: "given" | "tangent" | "adjoint" | "inner";
  /** Tangents or cotangents that go through it; 0 if none do. */
  readonly vectors: number;
  readonly fma: number;
  /** True where adjoints would do the same, as many and at the same cost. */
  readonly eitherWay?: boolean;
};

/**
 * The cheapest accumulation of one factor: nothing if it is given, one tangent of ones if it is diagonal, otherwise
 * min(n, m)·|E|, where the adjoint's tape must fit the bound; of equals the one with fewer vectors. Beyond 2^53 the result is only known to be too large.
 *
 * @param elemental - the factor
 * @param memory - bound on the tape of an adjoint; Infinity for none
 * @param innerFma - cost of the plan of its inner chain, if it has one
 */
export function accumulationOf(elemental: Elemental, memory: number, innerFma = 0): Accumulation {
  const { n, m, edges, given, structure, columnFma, rowFma, tape } = elemental;
  if (given || columnFma === null || rowFma === null) return { mode: "given", vectors: 0, fma: 0 };
  if (elemental.inner !== null) return { mode: "inner", vectors: 0, fma: innerFma + n };
  if (structure === "diagonal") return { mode: "tangent", vectors: 1, fma: edges! };
  const [byColumns, byRows] = [n * columnFma, m * rowFma];
  const adjoint = byRows < byColumns || (byRows === byColumns && m < n);
  if (adjoint && tape <= memory) return { mode: "adjoint", vectors: m, fma: byRows };
  return {
    mode: "tangent",
    vectors: n,
    fma: byColumns,
    eitherWay: byRows === byColumns && n === m && tape <= memory,
  };
}

/**
 * Refuses a chain that cannot be: no factor, sizes or edges that are no whole numbers, neighbours that do not fit.
 *
 * @param elementals - F_1 … F_p, first applied first
 * @param where - name of the chain for messages
 * @throws {JacobenchError} `ERR_CONFIG` naming the factor
 */
export function checkElementals(elementals: readonly Elemental[], where: string): void {
  const refuse = (message: string): never => {
    throw new JacobenchError("ERR_CONFIG", `${where}: ${message}`);
  };
  if (elementals.length === 0) refuse("the chain has no factors; expected at least one");
  for (const [i, { n, m, edges, tape }] of elementals.entries()) {
    const factor = `factor ${i + 1}`;
    const isWhole = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least;
    if (!isWhole(n, 1)) refuse(`${factor}: n is ${n}; expected a positive integer`);
    if (!isWhole(m, 1)) refuse(`${factor}: m is ${m}; expected a positive integer`);
    if (edges !== null && !isWhole(edges, 0)) refuse(`${factor}: edges is ${edges}; expected an integer`);
    if (!(tape >= 0)) refuse(`${factor}: tape is ${tape}; expected a number from 0 on`);
    const before = elementals[i - 1];
    if (before !== undefined && before.m !== n) {
      refuse(`${factor}: n is ${n}, but factor ${i} has m = ${before.m}; make the two equal`);
    }
  }
  const edges = elementals.reduce((sum, elemental) => sum + BigInt(elemental.edges ?? 0), 0n);
  if (edges > BigInt(LARGEST_COST)) {
    refuse(`the edges of all factors add up to ${edges}; expected at most 2^53 − 1 = ${LARGEST_COST}`);
  }
}

/**
 * Refuses a bound on memory that is none.
 *
 * @param memory - the bound; 0 leaves tangents and products, Infinity bounds nothing
 * @param where - for the message
 * @throws {JacobenchError} `ERR_RANGE`
 */
export function checkMemory(memory: number, where: string): void {
  if (memory >= 0) return;
  throw new JacobenchError("ERR_RANGE", `${where}: memory is ${memory}; expected a number from 0 on`);
}
