/** @file Drawing: the plan of a Jacobian's accumulation, its factors and the blocks that it forms, all to one scale. */

import type { TopLevelSpec } from "vega-lite";
import { JacobenchError } from "../../src/errors.ts";
import type { BracketingNode } from "../../src/planner/bracketing.ts";
import type { Convention } from "../../src/planner/elemental.ts";
import { modeName } from "../../src/planner/explain.ts";
import { count, number, type Sentence, term } from "../laws/sentence.ts";
import { type BlockKind, layoutPlan, type PlanRoom } from "./bracketing-layout.ts";
import { frameOf } from "./frame.ts";
import { type ChartOptions, type Look, lookOf } from "./look.ts";
import { legendOf, strategyColours } from "./palette.ts";
import { OKABE_ITO } from "./theme.ts";

/** The plan to draw. */
export type DrawnPlan = {
  readonly tree: BracketingNode;
  /** d_0 … d_p. */
  readonly widths: readonly number[];
  readonly convention: Convention;
  /** With matrices at hand: whether the pure modes are products from one end; default true. */
  readonly areProducts?: boolean;
  /** FMA of the pure modes under the same convention; null where a mode cannot be. */
  readonly tangentFma: number | null;
  readonly adjointFma: number | null;
};

/** The longest chain that is drawn. */
export const MOST_DRAWN_FACTORS = 40;

const ROOMS: Readonly<Record<Look["size"], PlanRoom>> = {
  page: { width: 680, height: 620, text: 12 },
  slide: { width: 1216, height: 500, text: 18 },
  column: { width: 316, height: 420, text: 32 / 3 },
};

/**
 * Draws a plan: on top the factors J_p … J_1, below each block under its range, one row lower than what it is formed of.
 * Rectangles have the proportions and, on one scale, the size of the matrices; over each block stand its FMA.
 *
 * @param plan - tree and widths, and what it is compared with
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 * @throws {JacobenchError} `ERR_UNSUPPORTED` for a chain that is too long to be seen
 */
export function bracketing(plan: DrawnPlan, options?: ChartOptions): TopLevelSpec {
  const factors = plan.widths.length - 1;
  if (factors > MOST_DRAWN_FACTORS) {
    throw new JacobenchError(
      "ERR_UNSUPPORTED",
      `picture: the chain has ${factors} factors; expected at most ${MOST_DRAWN_FACTORS}: its bracketing is in the ` +
        "output of plan, as text and with --format json as a tree",
    );
  }
  const look = lookOf(options);
  const { say, ink } = look;
  const room = ROOMS[look.size];
  // A page may be as wide and as high as a long chain needs.
  const wide = look.size === "page" ? Math.max(room.width, 76 * factors) : room.width;
  const high = look.size === "page" ? Math.max(room.height, 60 * depthOf(plan.tree)) : room.height;
  const layout = layoutPlan(plan.tree, plan.widths, { ...room, width: wide, height: high });
  const colours = coloursOf(look);
  const names: Readonly<Record<BlockKind, string>> = {
    factor: say("bracketingFactor"),
    tangent: say("bracketingTangents"),
    adjoint: say("bracketingAdjoints"),
    product: say("bracketingProduct"),
    inner: say("bracketingInner"),
  };
  const present = (Object.keys(names) as BlockKind[]).filter((kind) =>
    layout.boxes.some((box) => box.kind === kind),
  );
  const named = <Item extends { readonly kind: BlockKind }>(item: Item) => ({
    ...item,
    how: names[item.kind],
  });
  const channel = (field: string, domain: [number, number]) => ({
    field,
    type: "quantitative" as const,
    axis: null,
    scale: { domain, nice: false, zero: false },
  });
  const x = channel("x", [0, layout.width]);
  const y = channel("y", [layout.height, 0]);
  const domain = present.map((kind) => names[kind]);
  const color = {
    field: "how",
    type: "nominal" as const,
    title: say("bracketingLegend"),
    scale: { domain, range: present.map((kind) => colours[kind]) },
    legend: { ...legendOf(look, domain), symbolType: "square" as const, orient: "bottom" as const },
  };
  return {
    ...frameOf(
      look,
      { finding: findingOf(plan, look), notes: [say("bracketingNote", { convention: plan.convention })] },
      { widths: [...plan.widths] },
    ),
    width: layout.width,
    height: layout.height,
    layer: [
      {
        data: { values: layout.lines.map(named) },
        mark: { type: "rule", strokeWidth: look.measure.mark },
        encoding: {
          x,
          x2: { field: "x2" },
          y,
          y2: { field: "y2" },
          color,
          strokeDash: { condition: { test: "datum.role === 'through'", value: [2, 3] }, value: [1, 0] },
        },
      },
      {
        data: { values: layout.boxes.map(named) },
        mark: { type: "rect", stroke: ink.text, strokeWidth: 0.5 },
        encoding: {
          x,
          x2: { field: "x2" },
          y,
          y2: { field: "y2" },
          color,
          tooltip: [
            { field: "text", type: "nominal", title: say("bracketingBlock") },
            { field: "how", type: "nominal", title: say("bracketingLegend") },
          ],
        },
      },
      {
        data: { values: layout.labels },
        mark: { type: "text", baseline: "middle", fontSize: room.text, color: ink.text },
        encoding: { x, y, text: { field: "text", type: "nominal" } },
      },
    ],
  };
}

function coloursOf(look: Look): Readonly<Record<BlockKind, string>> {
  const strategies = strategyColours(look);
  return {
    factor: look.theme === "dark" ? "#6F8FA6" : "#9DB4C4",
    tangent: strategies.forward!,
    adjoint: strategies.reverse!,
    product: strategies["product-right-to-left"]!,
    inner: look.theme === "dark" ? "#E3A3C6" : OKABE_ITO.purple,
  };
}

/** How much cheaper than the better pure mode. */
function findingOf(plan: DrawnPlan, { tell }: Look): Sentence {
  const { tree, tangentFma, adjointFma } = plan;
  const fma = count(tree.totalFma);
  const [tangent, adjoint] = [tangentFma ?? Infinity, adjointFma ?? Infinity];
  const best = Math.min(tangent, adjoint);
  if (!Number.isFinite(best)) return tell("bracketingAlone", { fma });
  const mode = term(modeName(tangent <= adjoint ? "forward" : "reverse", plan));
  if (best <= tree.totalFma || tree.totalFma === 0) return tell("bracketingPure", { fma, mode });
  const times = number(Number((best / tree.totalFma).toPrecision(3)));
  return tell("bracketingCheaper", { fma, times, mode });
}

function depthOf(node: BracketingNode): number {
  const parts = [node.later, node.earlier].filter((part) => part !== null);
  return 1 + Math.max(0, ...parts.map(depthOf));
}
