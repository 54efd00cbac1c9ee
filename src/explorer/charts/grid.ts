/** @file Chart: forward over reverse for every n and m with the same hidden widths, the shown network as a point. Pure. */

import type { TopLevelSpec } from "vega-lite";
import { INK } from "../../../analysis/charts/theme.ts";
import { buildShape } from "../../chain/build.ts";
import { frameworkPlans } from "../../planner/framework-plan.ts";
import { formatTimes } from "../numbers.ts";
import { chainSpecOf, columnsOf, type ExplorerState } from "../state.ts";
import { type ChartRoom, chartConfig } from "./config.ts";

/** Widths of the grid: powers of four. */
const STEPS = [1, 4, 16, 64, 256, 1024, 4096] as const;

/** One field of the grid. */
export type GridField = {
  readonly n: number;
  readonly m: number;
  /** FMA of forward over FMA of reverse. */
  readonly ratio: number;
  /** Whether a mixed plan is advised: it saves at least 2 % over the better mode. */
  readonly mixed: boolean;
};

type Network = Pick<ExplorerState, "widths" | "activation" | "loss">;

/**
 * Works the grid out, with nothing at hand.
 *
 * @param network - its hidden widths are kept, n and m vary; a loss counts as a dense layer to m outputs
 */
export function gridFields(network: Network): GridField[] {
  const hidden = columnsOf(network).slice(1, -1);
  return STEPS.flatMap((n) =>
    STEPS.map((m): GridField => {
      const shape = buildShape(chainSpecOf({ ...network, widths: [n, ...hidden, m], loss: "none" }));
      const { advised, forwardFma, reverseFma } = frameworkPlans(shape);
      return { n, m, ratio: forwardFma / reverseFma, mixed: advised.fma < Math.min(forwardFma, reverseFma) };
    }),
  );
}

/**
 * Draws the grid.
 *
 * @param network - as shown
 * @param room - width in px, and what is behind
 */
export function gridSpec(network: Network, room: ChartRoom): TopLevelSpec {
  const columns = columnsOf(network);
  const [n, m] = [columns[0]!, columns.at(-1)!];
  const ink = INK[room.theme];
  const place = (width: number): number => Math.log2(width) / 2;
  const cells = gridFields(network).map(({ n, m, ratio, mixed }) => ({
    n,
    m,
    left: place(n) - 0.5,
    right: place(n) + 0.5,
    below: place(m) - 0.5,
    above: place(m) + 0.5,
    x: place(n),
    y: place(m),
    log2: Math.log2(ratio),
    mixed,
    ratioText: shortRatio(ratio),
    how: mixed
      ? "a mixed plan is at least 2 % cheaper than both"
      : ratio > 1
        ? "reverse"
        : ratio < 1
          ? "forward"
          : "equal",
  }));
  const bound = (value: number): number => Math.min(STEPS.length - 0.5, Math.max(-0.5, value));
  const here = [{ x: bound(place(n)), y: bound(place(m)), text: `here: n = ${n}, m = ${m}` }];
  const axis = (title: string) => ({
    title,
    scale: { domain: [-0.5, STEPS.length - 0.5], nice: false, zero: false },
    axis: {
      values: STEPS.map((_, i) => i),
      labelExpr: "format(pow(4, datum.value), ',')",
      grid: false,
      domain: false,
      ticks: false,
      labelOverlap: true,
    },
  });
  const x = { type: "quantitative" as const, ...axis("n, inputs") };
  const y = { type: "quantitative" as const, ...axis("m, outputs") };
  const side = Math.min(60, (room.width - 64) / STEPS.length);
  const limit = Math.log2(STEPS.at(-1)!);
  const [reverseEnd, forwardEnd] = room.theme === "dark" ? ["#E69F00", "#56B4E9"] : ["#D55E00", "#0072B2"];
  const none = room.theme === "dark" ? "#2A2E33" : "#F4F4F2";
  return {
    description:
      `Forward over reverse for n and m from 1 to 4096, hidden widths as shown; below the diagonal n = m reverse ` +
      `is cheaper. The network shown: n = ${n}, m = ${m}, ratio ${formatTimes(n / m)}.`,
    width: Math.floor(side * STEPS.length),
    height: Math.floor(Math.min(46, side) * STEPS.length),
    autosize: { type: "pad" },
    layer: [
      {
        data: { values: cells },
        mark: { type: "rect", stroke: ink.background, strokeWidth: 1.5 },
        encoding: {
          x: { ...x, field: "left" },
          x2: { field: "right" },
          y: { ...y, field: "below" },
          y2: { field: "above" },
          color: {
            field: "log2",
            type: "quantitative",
            scale: { domain: [-limit, 0, limit], range: [forwardEnd, none, reverseEnd], interpolate: "rgb" },
            legend: null,
          },
          tooltip: [
            { field: "n", type: "quantitative", title: "n" },
            { field: "m", type: "quantitative", title: "m" },
            { field: "ratioText", type: "nominal", title: "forward / reverse" },
            { field: "how", type: "nominal", title: "cheapest" },
          ],
        },
      },
      {
        data: { values: cells },
        mark: { type: "text", fontSize: side < 44 ? 9 : 11, dy: side < 44 ? 0 : -3 },
        encoding: {
          x: { ...x, field: "x" },
          y: { ...y, field: "y" },
          text: { field: "ratioText", type: "nominal" },
          color: {
            condition: { test: "abs(datum.log2) > 9", value: room.theme === "dark" ? "#121212" : "#FFFFFF" },
            value: ink.text,
          },
        },
      },
      {
        data: { values: cells.filter(({ mixed }) => mixed) },
        mark: { type: "point", filled: true, size: 22, dy: side < 44 ? 9 : 12, yOffset: side < 44 ? 9 : 12 },
        encoding: {
          x: { ...x, field: "x" },
          y: { ...y, field: "y" },
          color: { value: room.theme === "dark" ? "#D9CBF5" : "#4A2C80" },
          opacity: { value: 1 },
        },
      },
      {
        data: { values: here },
        mark: { type: "point", shape: "circle", size: 420, strokeWidth: 3, filled: false, opacity: 1 },
        encoding: {
          x: { ...x, field: "x" },
          y: { ...y, field: "y" },
          color: { value: ink.text },
          tooltip: { field: "text", type: "nominal" },
        },
      },
    ],
    config: chartConfig(room.theme),
  } as TopLevelSpec;
}

/** A ratio in few characters: `1/256`, `1`, `64`. */
function shortRatio(ratio: number): string {
  return ratio < 1 ? `1/${formatTimes(1 / ratio)}` : formatTimes(ratio);
}
