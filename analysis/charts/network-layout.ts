/** @file Where the blocks of the network drawing lie, in px; y counts downwards. */

import { formatCount } from "../text.ts";

/** The plot, and the px of its text. */
export type NetworkPlot = { readonly width: number; readonly height: number; readonly text: number };

/** A rectangle. */
export type Box = {
  readonly part: "width" | "jacobian" | "forward" | "reverse";
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
  /** For the tooltip. */
  readonly text: string;
};

/** A text about its middle. */
export type Label = { readonly x: number; readonly y: number; readonly text: string };

/** Boxes and labels of a part. */
export type Part = { readonly boxes: readonly Box[]; readonly labels: readonly Label[] };

/** More small chains than this are not drawn for a mode; one then stands for several copies. */
const MOST_CHAINS = 240;

/** The share of the height that one product takes. */
const UPPER = 0.5;

/**
 * One product: bars for the widths, between them the blocks J_1 … J_K of d_i rows and d_{i−1} columns.
 *
 * @param heading - over it
 */
export function chainBoxes(widths: readonly number[], plot: NetworkPlot, heading: string): Part {
  const { text } = plot;
  const bar = 5;
  const blocks = jacobians(widths);
  const gap = Math.max(8, text);
  const top = 2 * text;
  const bottom = plot.height * UPPER - 2.6 * text;
  const room = plot.width - widths.length * bar - 2 * blocks.length * gap - 5 * text;
  const scale = Math.min(
    room / blocks.reduce((sum, { columns }) => sum + columns, 0),
    (bottom - top - 1.6 * text) / Math.max(...widths),
  );
  const used = blocks.reduce((sum, { columns }) => sum + columns * scale + 2 * gap, widths.length * bar);
  const middle = (top + 1.6 * text + bottom) / 2;
  const boxes: Box[] = [];
  const labels: Label[] = [{ x: plot.width / 2, y: 0.7 * text, text: heading }];
  let x = (plot.width - used) / 2;
  const place = (part: Box["part"], width: number, height: number, label: string): void => {
    boxes.push(
      rounded({ part, x, x2: x + width, y: middle - height / 2, y2: middle + height / 2, text: label }),
    );
  };
  widths.forEach((width, k) => {
    const name = k === 0 ? `n = ${width}` : k === widths.length - 1 ? `m = ${width}` : String(width);
    labels.push(at(x + bar / 2, bottom + 1.2 * text, name));
    place("width", bar, Math.max(1, width * scale), `d${k} = ${width}`);
    x += bar + gap;
    const block = blocks[k];
    if (block === undefined) return;
    const [wide, high] = [block.columns * scale, block.rows * scale];
    labels.push(at(x + wide / 2, middle - high / 2 - 0.8 * text, `J${subscript(k + 1)}`));
    const fma = formatCount(block.rows * block.columns);
    place(
      "jacobian",
      Math.max(0.5, wide),
      Math.max(0.5, high),
      `J${subscript(k + 1)}: ${block.rows} × ${block.columns} = ${fma} FMA`,
    );
    if (wide > 0.66 * text * fma.length && high > 1.4 * text) labels.push(at(x + wide / 2, middle, fma));
    x += wide + gap;
  });
  return { boxes, labels };
}

/**
 * All copies: n small chains for forward on the left, m for reverse on the right, on one scale.
 *
 * @param headings - over each
 */
export function copyBoxes(
  widths: readonly number[],
  plot: NetworkPlot,
  headings: { readonly forward: string; readonly reverse: string },
): Part & { readonly copiesAChain: number } {
  const { text } = plot;
  const [n, m] = [widths[0]!, widths.at(-1)!];
  const copiesAChain = Math.ceil(Math.max(n, m) / MOST_CHAINS);
  const counts = { forward: Math.ceil(n / copiesAChain), reverse: Math.ceil(m / copiesAChain) };
  const stacked = plot.width < 400;
  const area = {
    width: stacked ? plot.width : (plot.width - 2.5 * text) / 2,
    height: (plot.height * (1 - UPPER)) / (stacked ? 2 : 1) - 2.2 * text,
  };
  const blocks = jacobians(widths);
  const cell = {
    width: blocks.reduce((sum, { columns }) => sum + columns, 0),
    height: Math.max(...widths.slice(1)),
  };
  const { columns, scale } = bestGrid(Math.max(counts.forward, counts.reverse), cell, area);
  const boxes: Box[] = [];
  const labels: Label[] = [];
  (["forward", "reverse"] as const).forEach((part, side) => {
    const left = stacked ? 0 : side * (area.width + 2.5 * text);
    const top = plot.height * UPPER + (stacked ? side * (area.height + 2.2 * text) : 0);
    labels.push(at(left + area.width / 2, top + 0.8 * text, headings[part]));
    const shown = Math.min(columns, counts[part]);
    const indent = (area.width - shown * cell.width * scale * MARGIN) / 2;
    for (let copy = 0; copy < counts[part]; copy++) {
      let x = left + indent + (copy % columns) * cell.width * scale * MARGIN;
      const y = top + 2.2 * text + (Math.floor(copy / columns) + 0.5) * cell.height * scale * MARGIN;
      for (const block of blocks) {
        const [wide, high] = [block.columns * scale, block.rows * scale];
        boxes.push(
          rounded({ part, x, x2: x + wide, y: y - high / 2, y2: y + high / 2, text: headings[part] }),
        );
        x += wide;
      }
    }
  });
  return { boxes, labels, copiesAChain };
}

/** A small chain with the gap after it, in its own width and height. */
const MARGIN = 1.14;

/** The number of columns that lets the chains be largest. */
function bestGrid(
  count: number,
  cell: { readonly width: number; readonly height: number },
  area: { readonly width: number; readonly height: number },
): { columns: number; scale: number } {
  let best = { columns: 1, scale: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const scale = Math.min(
      area.width / (columns * cell.width * MARGIN),
      area.height / (rows * cell.height * MARGIN),
    );
    if (scale > best.scale) best = { columns, scale };
  }
  return best;
}

function jacobians(widths: readonly number[]): { rows: number; columns: number }[] {
  return widths.slice(1).map((rows, i) => ({ rows, columns: widths[i]! }));
}

function at(x: number, y: number, text: string): Label {
  return { x: px(x), y: px(y), text };
}

function rounded(box: Box): Box {
  return { ...box, x: px(box.x), x2: px(box.x2), y: px(box.y), y2: px(box.y2) };
}

/** Hundredths of a px. */
function px(value: number): number {
  return Math.round(value * 100) / 100;
}

function subscript(index: number): string {
  return [...String(index)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}
