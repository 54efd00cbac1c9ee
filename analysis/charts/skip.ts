/** @file Drawing: the graph of the skip connection y = W₂ σ(W₁ x) + x, with δ flowing back along both ways. */

import type { TopLevelSpec } from "vega-lite";
import { frameOf } from "./frame.ts";
import { type ChartOptions, lookOf } from "./look.ts";
import { strategyColours } from "./palette.ts";

/** Places are in hundredths of the plot's width and height; y counts downwards. */
type Node = { readonly x: number; readonly y: number; readonly text: string; readonly round: boolean };

/** Half the size of a node's box. */
const HALF = { x: 5.2, y: 9 };

const ROW = 58;

const NODES: readonly Node[] = [
  { x: 8, y: ROW, text: "x", round: true },
  { x: 26, y: ROW, text: "W₁", round: false },
  { x: 42, y: ROW, text: "σ", round: false },
  { x: 58, y: ROW, text: "W₂", round: false },
  { x: 76, y: ROW, text: "+", round: true },
  { x: 93, y: ROW, text: "y", round: true },
];

/** What flows back over each edge of the row. */
const BACK: readonly string[] = ["W₁ᵀ ( … )", "1[W₁x > 0] ⊙ …", "W₂ᵀ δy", "δy", "δy"];

/** How far the arrows of values and of δ lie above and below the row. */
const SHIFT = 4.5;

/**
 * Draws the skip connection; it measures nothing and needs no results.
 *
 * @param options - size, theme, words
 * @returns a Vega-Lite spec with its data inside
 * @see D. E. Rumelhart, G. E. Hinton, R. J. Williams, Learning representations by back-propagating errors, Nature 323
 *   (1986), for δ; K. He et al., Deep Residual Learning, CVPR 2016, for the skip
 */
export function skip(options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say, ink, measure } = look;
  const colours = strategyColours(look);
  const plot = {
    page: { width: 640, height: 300 },
    slide: { width: 1216, height: 480 },
    column: { width: 316, height: 200 },
  }[look.size];
  const arrows = edges();
  const channel = (field: string, flip: boolean) => ({
    field,
    type: "quantitative" as const,
    axis: null,
    scale: { domain: flip ? [100, 0] : [0, 100], nice: false, zero: false },
  });
  const [x, y] = [channel("x", false), channel("y", true)];
  const boxes = NODES.map((node) => ({
    ...node,
    left: node.x - HALF.x,
    right: node.x + HALF.x,
    above: node.y - HALF.y,
    below: node.y + HALF.y,
  }));
  const colour = {
    condition: { test: "datum.flow === 'back'", value: colours.reverse! },
    value: colours.forward!,
  };
  const small = look.size === "column";
  const texts = [
    ...BACK.map((text, i) => ({
      x: (NODES[i]!.x + NODES[i + 1]!.x) / 2,
      y: ROW + (i % 2 === 0 ? 15 : 22),
      text,
      flow: "back",
    })),
    { x: 42, y: 6, text: say("skipName"), flow: "forward" },
    { x: 42, y: 27, text: "δy", flow: "back" },
    { x: 50, y: 96, text: say("skipFormula"), flow: "back" },
  ];
  return {
    ...frameOf(
      look,
      {
        finding: look.tell("skipFinding"),
        notes: [say("skipNote"), say("skipFormula")].slice(0, small ? 2 : 1),
      },
      {},
    ),
    ...plot,
    layer: [
      {
        data: { values: arrows.flatMap(({ places }) => places) },
        mark: { type: "line", strokeWidth: 2 * measure.mark, interpolate: "monotone" },
        encoding: {
          x,
          y,
          order: { field: "step", type: "quantitative" },
          detail: { field: "edge", type: "nominal" },
          color: colour,
          strokeDash: { condition: { test: "datum.flow === 'back'", value: [5, 3] }, value: [1, 0] },
        },
      },
      {
        data: { values: arrows.map(({ head }) => head) },
        mark: { type: "point", filled: true, size: 90 * measure.mark ** 2, opacity: 1 },
        encoding: {
          x,
          y,
          color: colour,
          shape: {
            condition: [
              { test: "datum.turn === 'left'", value: "triangle-left" },
              { test: "datum.turn === 'down'", value: "triangle-down" },
            ],
            value: "triangle-right",
          },
        },
      },
      {
        data: { values: boxes },
        mark: {
          type: "rect",
          fill: ink.background,
          stroke: ink.text,
          strokeWidth: 1.5 * measure.mark,
          cornerRadius: { expr: "6" },
        },
        encoding: {
          x: { ...x, field: "left" },
          x2: { field: "right" },
          y: { ...y, field: "above" },
          y2: { field: "below" },
        },
      },
      {
        data: { values: boxes },
        mark: { type: "text", fontSize: measure.axisTitle * 1.15, color: ink.text },
        encoding: { x, y, text: { field: "text", type: "nominal" } },
      },
      {
        data: { values: texts },
        mark: { type: "text", fontSize: measure.label, baseline: "middle" },
        encoding: { x, y, text: { field: "text", type: "nominal" }, color: colour },
      },
    ],
  };
}

type Place = {
  readonly x: number;
  readonly y: number;
  readonly step: number;
  readonly edge: string;
  readonly flow: string;
};

/** Every arrow: values to the right, δ to the left, both ways along the row and along the skip above it. */
function edges() {
  const along = NODES.slice(1).flatMap((to, i) => {
    const from = NODES[i]!;
    const [a, b] = [from.x + HALF.x, to.x - HALF.x];
    return [
      arrow("forward", `value ${i}`, [a, b - 1], [ROW - SHIFT, ROW - SHIFT], "right"),
      arrow("back", `delta ${i}`, [b, a + 1], [ROW + SHIFT, ROW + SHIFT], "left"),
    ];
  });
  const [start, end] = [NODES[0]!.x, NODES[4]!.x];
  const top = ROW - HALF.y;
  return [
    ...along,
    arrow("forward", "skip", [start - 2, start + 10, end - 10, end + 2], [top, 13, 13, top - 3], "down"),
    arrow("back", "skip back", [end - 2, end - 12, start + 12, start + 2], [top, 21, 21, top - 3], "down"),
  ];
}

function arrow(flow: string, edge: string, xs: readonly number[], ys: readonly number[], turn: string) {
  const places = xs.map((x, step): Place => ({ x, y: ys[step]!, step, edge, flow }));
  const last = places.at(-1)!;
  return { places, head: { x: last.x, y: last.y, flow, turn } };
}
