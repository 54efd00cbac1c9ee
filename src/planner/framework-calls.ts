/**
 * @file The statements of JAX and PyTorch that execute a plan: a call of jacfwd or jacrev for a block that is one mode from
 * end to end, a vectorised JVP or VJP for one that goes on from another, a matrix product for two.
 *
 * Each layer is evaluated once: the value behind a block comes along with its Jacobian.
 *
 * Sources: the documentation of `jax.jacrev`, `jax.jacfwd` (`has_aux`), `jax.linearize`, `jax.vjp`, `jax.vmap`, and of the
 * functions of these names in `torch.func` (before PyTorch 2.0: `functorch`).
 */

import type { Framework } from "./framework-layers.ts";
import { type PlanNode, sweepModeOf, throughOf } from "./plan-tree.ts";

/** What a statement of PyTorch may call. */
export const USED_FUNCTIONS = ["jacfwd", "jacrev", "jvp", "vjp", "vmap"] as const;

/** Makes `has_aux` give the value beside the Jacobian. */
export const WITH_VALUE = [
  "def with_value(f):",
  '    """f, giving its value twice: to be differentiated, and to be kept"""',
  "    def g(x):",
  "        y = f(x)",
  "        return y, y",
  "    return g",
];

/** How each framework writes the calls; `value` is the name of the value that comes along, null where none is wanted. */
type Calls = {
  /** A block by one mode. */
  sweep(mode: "jacfwd" | "jacrev", f: string, point: string, result: string, value: string | null): string;
  /** The columns of an earlier block pushed through f. */
  push(f: string, point: string, columns: string, result: string, value: string | null): string[];
  /** The rows of a later block pulled back by what `vjp` gave. */
  pull(pullback: string, rows: string, result: string): string;
  /** The value of f at the point, and its pullback. */
  pullback(f: string, point: string, value: string, pullback: string): string;
};

const sweepCall =
  (prefix: string): Calls["sweep"] =>
  (mode, f, point, result, value) =>
    value === null
      ? `${result} = ${prefix}${mode}(${f})(${point})`
      : `${result}, ${value} = ${prefix}${mode}(with_value(${f}), has_aux=True)(${point})`;

const CALLS: Readonly<Record<Framework, Calls>> = {
  jax: {
    sweep: sweepCall("jax."),
    push: (f, point, columns, result, value) => [
      `${value ?? "_"}, push = jax.linearize(${f}, ${point})`,
      `${result} = jax.vmap(push, in_axes=1, out_axes=1)(${columns})`,
    ],
    pullback: (f, point, value, pullback) => `${value}, ${pullback} = jax.vjp(${f}, ${point})`,
    pull: (pullback, rows, result) => `(${result},) = jax.vmap(${pullback})(${rows})`,
  },
  pytorch: {
    sweep: sweepCall(""),
    push: (f, point, columns, result, value) =>
      value === null
        ? [`${result} = vmap(lambda v: jvp(${f}, (${point},), (v,))[1], in_dims=1, out_dims=1)(${columns})`]
        : [
            `${value}, ${result} = vmap(lambda v: jvp(${f}, (${point},), (v,)), in_dims=1, out_dims=(None, 1))(${columns})`,
          ],
    pullback: (f, point, value, pullback) => `${value}, ${pullback} = vjp(${f}, ${point})`,
    pull: (pullback, rows, result) => `(${result},) = vmap(${pullback})(${rows})`,
  },
};

/**
 * Writes a plan as statements that leave its Jacobian in `J`.
 *
 * @param tree - of dense blocks, from the point `x` on
 * @param framework - which
 */
export function planStatements(tree: PlanNode, framework: Framework): string[] {
  const calls = CALLS[framework];
  const lines: string[] = [];
  let blocks = 0;
  const write = (line: string, { rows, columns }: PlanNode, how: string): void => {
    lines.push(`${line}  # (${rows}, ${columns})${how === "" ? "" : `, ${how}`}`);
  };

  /** Writes a block; returns the names of its matrix and of the value behind it. */
  const form = (node: PlanNode, point: string, wanted: boolean): readonly [matrix: string, value: string] => {
    const value = `z${node.last}`;
    const named = (): string => (node === tree ? "J" : `J${++blocks}`);
    const mode = node.kind === "given" ? "tangent" : sweepModeOf(node);
    if (mode !== null) {
      const result = named();
      const [name, how] =
        mode === "tangent"
          ? (["jacfwd", counted(node.columns, "JVP")] as const)
          : (["jacrev", counted(node.rows, "VJP")] as const);
      write(calls.sweep(name, range(node.first, node.last), point, result, wanted ? value : null), node, how);
      return [result, value];
    }
    if (node.kind === "tangent") {
      const [columns, at] = form(node.earlier, point, true);
      const result = named();
      const pushed = calls.push(range(...throughOf(node)), at, columns, result, wanted ? value : null);
      lines.push(...pushed.slice(0, -1));
      write(pushed.at(-1)!, node, counted(node.columns, "JVP"));
      return [result, value];
    }
    if (node.kind === "adjoint") {
      const [first, last] = throughOf(node);
      const pullback = `pull${last}`;
      lines.push(calls.pullback(range(first, last), point, `z${last}`, pullback));
      const [rows] = form(node.later, `z${last}`, wanted);
      const result = named();
      write(calls.pull(pullback, rows, result), node, counted(node.rows, "VJP"));
      return [result, value];
    }
    if (node.kind !== "product") throw new Error(`a plan of dense blocks has no ${node.kind}`);
    const [earlier, at] = form(node.earlier, point, true);
    const [later] = form(node.later, at, wanted);
    const result = named();
    write(`${result} = ${later} @ ${earlier}`, node, "");
    return [result, value];
  };

  form(tree, "x", false);
  return lines;
}

function range(first: number, last: number): string {
  return `through(${first}, ${last})`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
