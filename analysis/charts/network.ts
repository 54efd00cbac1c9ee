/** @file Drawing: the chain with its widths and its Jacobians as blocks whose area is their FMA; n copies forward, m reverse. */

import type { TopLevelSpec } from "vega-lite";
import type { AnyResults } from "../config.ts";
import { count, number, type Sentence } from "../laws/sentence.ts";
import { formatCount } from "../text.ts";
import { frameOf } from "./frame.ts";
import { type ChartOptions, type Look, lookOf } from "./look.ts";
import { type Box, chainBoxes, copyBoxes, type Label, type NetworkPlot } from "./network-layout.ts";
import { strategyColours } from "./palette.ts";

/** {@link ChartOptions} and the chain to draw. */
export type NetworkOptions = ChartOptions & {
  /** [n, …, m]; without them those of the results' middle case. */
  readonly widths?: readonly number[] | undefined;
};

const PLOTS: Readonly<Record<Look["size"], NetworkPlot>> = {
  page: { width: 640, height: 430, text: 12 },
  slide: { width: 1216, height: 500, text: 18 },
  column: { width: 316, height: 330, text: 32 / 3 },
};

/**
 * Draws a chain of dense layers.
 *
 * @param results - whose middle case by Σ is drawn, unless `options.widths` are given
 * @param options - size, theme, words, and `widths`
 * @returns a Vega-Lite spec with its data inside
 */
export function network(results: AnyResults, options?: NetworkOptions): TopLevelSpec {
  const cases = [...results.cases].sort((a, b) => a.sigma - b.sigma || a.n - b.n);
  const widths = options?.widths ?? cases[Math.floor(cases.length / 2)]!.widths;
  return networkOf(widths, options);
}

/**
 * {@link network} without results.
 *
 * @param widths - [n, …, m], at least two
 * @param options - size, theme, words
 */
export function networkOf(widths: readonly number[], options?: ChartOptions): TopLevelSpec {
  const look = lookOf(options);
  const { say, ink } = look;
  const plot = PLOTS[look.size];
  const [n, m] = [widths[0]!, widths.at(-1)!];
  const sigma = widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);
  const chain = chainBoxes(widths, plot, say("networkOne", { fma: formatCount(sigma) }));
  const copies = copyBoxes(widths, plot, {
    forward: say("networkForward", { count: n, fma: formatCount(n * sigma) }),
    reverse: say("networkReverse", { count: m, fma: formatCount(m * sigma) }),
  });
  const colours = strategyColours(look);
  const boxes: Box[] = [...chain.boxes, ...copies.boxes];
  const labels: Label[] = [...chain.labels, ...copies.labels];
  const channel = (field: string, length: number) => ({
    field,
    type: "quantitative" as const,
    axis: null,
    scale: { domain: [0, length], nice: false, zero: false },
  });
  const x = channel("x", plot.width);
  const y = { ...channel("y", plot.height), scale: { domain: [plot.height, 0], nice: false, zero: false } };
  return {
    ...frameOf(
      look,
      { finding: finding(n, m, look), notes: notes(copies.copiesAChain, look) },
      { widths: [...widths] },
    ),
    width: plot.width,
    height: plot.height,
    layer: [
      {
        data: { values: boxes },
        mark: { type: "rect", stroke: ink.background, strokeWidth: 0.5 },
        encoding: {
          x,
          x2: { field: "x2" },
          y,
          y2: { field: "y2" },
          color: {
            condition: [
              { test: "datum.part === 'forward'", value: colours.forward! },
              { test: "datum.part === 'reverse'", value: colours.reverse! },
              { test: "datum.part === 'width'", value: ink.text },
            ],
            value: look.theme === "dark" ? "#6F8FA6" : "#9DB4C4",
          },
          tooltip: [{ field: "text", type: "nominal" }],
        },
      },
      {
        data: { values: labels },
        mark: { type: "text", baseline: "middle", fontSize: plot.text, color: ink.text },
        encoding: { x, y, text: { field: "text", type: "nominal" } },
      },
    ],
  };
}

/** Which mode takes more, from n and m alone. */
function finding(n: number, m: number, { tell }: Look): Sentence {
  if (n === m) return tell("networkEqual", { inputs: count(n) });
  const values = { inputs: count(n), outputs: count(m) };
  return n > m
    ? tell("networkForwardDearer", { ...values, times: number(n / m) })
    : tell("networkReverseDearer", { ...values, times: number(m / n) });
}

function notes(copiesAChain: number, { say }: Look): string[] {
  return [
    say("networkNote") + (copiesAChain > 1 ? `; ${say("networkGroups", { count: copiesAChain })}` : ""),
  ];
}
