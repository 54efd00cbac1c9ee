/** @file Draws one mode of the animation on a canvas: columns, the vector on its way, and J as far as it is filled. */

import { subscript } from "../numbers.ts";
import type { Place } from "./clock.ts";
import type { Passes } from "./passes.ts";

/** Colours of a scheme; RGB triples for what is mixed by value. */
export type Paints = {
  readonly text: string;
  readonly line: string;
  readonly empty: string;
  readonly mode: string;
  readonly paper: readonly [number, number, number];
  readonly positive: readonly [number, number, number];
  readonly negative: readonly [number, number, number];
};

/** One mode's J as far as it is known, kept between pictures. */
export type Filling = {
  readonly mode: "forward" | "reverse";
  readonly entries: Float64Array;
  /** Columns (forward) or rows (reverse) that `entries` holds. */
  known: number;
  /** The vector under way at each column, of the product of that number. */
  under: { product: number; vectors: readonly Float64Array[] } | null;
};

/** An empty J. */
export function emptyFilling(mode: Filling["mode"], passes: Passes): Filling {
  return { mode, entries: new Float64Array(passes.n * passes.m), known: 0, under: null };
}

/**
 * Computes what a place needs: the products up to it, each once.
 *
 * @param filling - of that mode; changed
 * @param passes - the network
 * @param place - where the mode is
 */
export function fillTo(filling: Filling, passes: Passes, place: Place): void {
  const { mode, entries } = filling;
  const { n, m } = passes;
  const product = (index: number): readonly Float64Array[] => {
    if (filling.under?.product === index) return filling.under.vectors;
    const vectors = mode === "forward" ? passes.push(index) : passes.pull(index);
    filling.under = { product: index, vectors };
    return vectors;
  };
  for (; filling.known < place.finished; filling.known++) {
    const vectors = product(filling.known);
    if (mode === "forward") {
      const column = vectors.at(-1)!;
      for (let i = 0; i < m; i++) entries[i * n + filling.known] = column[i]!;
    } else {
      entries.set(vectors[0]!, filling.known * n);
    }
  }
  product(place.product);
}

/**
 * Draws.
 *
 * @param canvas - its size in CSS px is given, its pixels are set here
 * @param size - CSS px, and device pixels a px
 * @param passes - the network
 * @param filling - as {@link fillTo} left it
 * @param place - where the mode is; null before the start
 * @param paints - colours
 */
export function paint(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number; readonly ratio: number },
  passes: Passes,
  filling: Filling,
  place: Place | null,
  paints: Paints,
): void {
  const { width, height, ratio } = size;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d")!;
  context.scale(ratio, ratio);
  context.font = "12px system-ui, 'DejaVu Sans', sans-serif";
  context.textAlign = "center";
  const split = Math.round(width * 0.6);
  paintColumns(context, { x: 0, width: split, height: height - 22 }, passes, filling, place, paints);
  paintJacobian(
    context,
    { x: split + 12, width: width - split - 16, height: height - 22 },
    passes,
    filling,
    paints,
  );
}

type Area = { readonly x: number; readonly width: number; readonly height: number };

function paintColumns(
  context: CanvasRenderingContext2D,
  { x: left, width, height }: Area,
  { columns }: Passes,
  filling: Filling,
  place: Place | null,
  paints: Paints,
): void {
  const K = columns.length - 1;
  const bar = Math.min(20, (width / columns.length) * 0.42);
  const largest = Math.max(...columns);
  const centre = (k: number): number => left + ((k + 0.5) * width) / columns.length;
  const tall = (k: number): number => Math.max(10, (columns[k]! / largest) * (height - 14));
  const middle = height / 2;
  const forward = filling.mode === "forward";
  const now = place === null ? null : forward ? place.hop : K - place.hop;
  const passed = (k: number): boolean => now !== null && (forward ? k <= now : k >= now);
  for (let k = 0; k < K; k++) {
    const hot = now !== null && place!.hop > 0 && (forward ? now === k + 1 : now === k);
    context.fillStyle = hot ? paints.mode : paints.empty;
    context.globalAlpha = hot ? 0.28 : 1;
    context.beginPath();
    context.moveTo(centre(k) + bar / 2, middle - tall(k) / 2);
    context.lineTo(centre(k + 1) - bar / 2, middle - tall(k + 1) / 2);
    context.lineTo(centre(k + 1) - bar / 2, middle + tall(k + 1) / 2);
    context.lineTo(centre(k) + bar / 2, middle + tall(k) / 2);
    context.fill();
    context.globalAlpha = 1;
  }
  columns.forEach((_, k) => {
    const box = {
      x: centre(k) - bar / 2,
      y: middle - tall(k) / 2,
      width: bar,
      height: tall(k),
    };
    context.fillStyle = `rgb(${paints.paper.join(" ")})`;
    context.fillRect(box.x, box.y, box.width, box.height);
    if (passed(k) && filling.under !== null) {
      context.globalAlpha = k === now ? 1 : 0.35;
      paintVector(context, box, filling.under.vectors[k]!, paints);
      context.globalAlpha = 1;
    }
    context.strokeStyle = k === now ? paints.mode : paints.line;
    context.lineWidth = k === now ? 2.5 : 1;
    context.strokeRect(box.x, box.y, box.width, box.height);
    context.fillStyle = k === now ? paints.mode : paints.text;
    const name = k === 0 ? "n" : k === K ? "m" : `d${subscript(k)}`;
    context.fillText(name, centre(k), height + 16);
  });
}

/** A vector from top to bottom, relative to its own largest entry: what passes is a direction, whatever its length. */
function paintVector(
  context: CanvasRenderingContext2D,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  vector: Float64Array,
  paints: Paints,
): void {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const cells = Math.min(vector.length, Math.max(1, Math.floor(box.height)));
  for (let c = 0; c < cells; c++) {
    const first = Math.floor((c * vector.length) / cells);
    const last = Math.max(first + 1, Math.floor(((c + 1) * vector.length) / cells));
    let value = 0;
    for (let i = first; i < last; i++) if (Math.abs(vector[i]!) > Math.abs(value)) value = vector[i]!;
    context.fillStyle = `rgb(${mix(value / largest, paints).join(" ")})`;
    context.fillRect(box.x, box.y + (c * box.height) / cells, box.width, box.height / cells + 0.5);
  }
}

function paintJacobian(
  context: CanvasRenderingContext2D,
  { x: left, width, height }: Area,
  passes: Passes,
  filling: Filling,
  paints: Paints,
): void {
  const { n, m, largest } = passes;
  const scale = Math.min(width / n, (height - 14) / m);
  const [wide, high] = [Math.max(16, n * scale), Math.max(16, m * scale)];
  const [x, y] = [left + (width - wide) / 2, (height - high) / 2];
  context.fillStyle = paints.empty;
  context.fillRect(x, y, wide, high);
  const known =
    filling.mode === "forward" ? { columns: filling.known, rows: m } : { columns: n, rows: filling.known };
  if (known.columns > 0 && known.rows > 0) {
    const image = new ImageData(known.columns, known.rows);
    for (let i = 0; i < known.rows; i++) {
      for (let j = 0; j < known.columns; j++) {
        const at = 4 * (i * known.columns + j);
        const [red, green, blue] = mix(filling.entries[i * n + j]! / largest, paints);
        image.data[at] = red!;
        image.data[at + 1] = green!;
        image.data[at + 2] = blue!;
        image.data[at + 3] = 255;
      }
    }
    const buffer = document.createElement("canvas");
    buffer.width = known.columns;
    buffer.height = known.rows;
    buffer.getContext("2d")!.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(buffer, x, y, (wide * known.columns) / n, (high * known.rows) / m);
  }
  context.strokeStyle = paints.line;
  context.lineWidth = 1;
  context.strokeRect(x, y, wide, high);
  if (filling.known > 0) {
    // The column or row that came last.
    context.strokeStyle = paints.mode;
    context.lineWidth = 2;
    const last = filling.known - 1;
    if (filling.mode === "forward") context.strokeRect(x + (last * wide) / n, y, wide / n, high);
    else context.strokeRect(x, y + (last * high) / m, wide, high / m);
  }
  context.fillStyle = paints.text;
  context.fillText("J, m × n", left + width / 2, height + 16);
}

/** From negative over paper to positive; small values are lifted so that they can be seen. */
function mix(value: number, { paper, positive, negative }: Paints): number[] {
  const share = Math.min(1, Math.abs(value)) ** 0.6;
  const end = value < 0 ? negative : positive;
  return paper.map((channel, c) => Math.round(channel + (end[c]! - channel) * share));
}
