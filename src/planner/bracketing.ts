/** @file A plan to look at: its bracketing as text, and as a uniform tree for JSON and pictures. */

import { blocksOf, type PlanNode, throughOf } from "./plan-tree.ts";

/** What explains the text form. */
export const BRACKETING_LEGEND =
  "(X Y): explicit product of two blocks; T[F3 F2](X): columns of X pushed through F2 and F3 as tangents; " +
  "(X)A[F2 F1]: rows of X pulled back through F2 and F1 as adjoints; F1: Jacobian given; T[F1], A[F1]: Jacobian " +
  "formed by tangents, by adjoints; F1{…}: formed by the plan of its inner chain";

/**
 * Writes a plan in the order of the product J = J_p … J_1, e.g. `((F3 F2) F1)` for explicit products of given
 * Jacobians, `T[F3 F2](F1)` for tangents, `(F3)A[F2 F1]` for adjoints.
 *
 * @param tree - the plan
 * @param name - what a factor is called; F gives F1, F2, …
 */
export function bracketingText(tree: PlanNode, name = "F"): string {
  // Pieces still to be written, the next one last: a plan of products can be too deep for recursion.
  const open: (string | PlanNode)[] = [tree];
  const pieces: string[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === "string") pieces.push(next);
    else open.push(...piecesOf(next, name).reverse());
  }
  return pieces.join("");
}

function piecesOf(node: PlanNode, name: string): (string | PlanNode)[] {
  switch (node.kind) {
    case "given":
      return [`${name}${node.first}`];
    case "accumulate":
      return [`${node.mode === "tangent" ? "T" : "A"}[${name}${node.first}]`];
    case "inner":
      return [`${name}${node.first}{${bracketingText(node.inner, `${name}${node.first}.`)}}`];
    case "product":
      return ["(", node.later, " ", node.earlier, ")"];
    case "tangent":
      return [`T[${rangeText(throughOf(node), name)}]`, ...operand(node.earlier)];
    case "adjoint":
      return [...operand(node.later), `A[${rangeText(throughOf(node), name)}]`];
  }
}

/** A product has its brackets already. */
function operand(node: PlanNode): (string | PlanNode)[] {
  return node.kind === "product" ? [node] : ["(", node, ")"];
}

/** Factors of a range, last one first: `F5`, `F5 F4`, `F5…F2`. */
function rangeText([first, last]: readonly [number, number], name: string): string {
  if (first === last) return `${name}${last}`;
  return `${name}${last}${last === first + 1 ? " " : "…"}${name}${first}`;
}

/** One block of a plan in a form that is the same for all kinds. */
export type BracketingNode = {
  readonly kind: PlanNode["kind"];
  /** How an accumulation is done; null for all other kinds. */
  readonly mode: "tangent" | "adjoint" | null;
  /** First and last factor of the block. */
  readonly first: number;
  readonly last: number;
  readonly rows: number;
  readonly columns: number;
  /** FMA of the operation that forms it out of its parts. */
  readonly fma: number;
  readonly totalFma: number;
  /** First and last factor that tangents or adjoints go through; null for all other kinds. */
  readonly through: readonly [number, number] | null;
  /** The part that is the later block, where there is one. */
  readonly later: BracketingNode | null;
  readonly earlier: BracketingNode | null;
  /** The plan of the inner chain of a residual factor. */
  readonly inner: BracketingNode | null;
};

/**
 * The tree of a plan as plain data.
 *
 * @param tree - the plan
 */
export function bracketingTree(tree: PlanNode): BracketingNode {
  const made = new Map<PlanNode, BracketingNode>();
  for (const node of blocksOf(tree)) {
    const { kind, first, last, rows, columns, fma, totalFma } = node;
    made.set(node, {
      kind,
      mode: kind === "accumulate" ? node.mode : null,
      first,
      last,
      rows,
      columns,
      fma,
      totalFma,
      through: kind === "tangent" || kind === "adjoint" ? throughOf(node) : null,
      later: kind === "product" || kind === "adjoint" ? made.get(node.later)! : null,
      earlier: kind === "product" || kind === "tangent" ? made.get(node.earlier)! : null,
      inner: kind === "inner" ? bracketingTree(node.inner) : null,
    });
  }
  return made.get(tree)!;
}
