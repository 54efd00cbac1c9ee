/** @file Where the Jacobians lie as blocks, and how many copies of them each mode makes: areas are FMA. Pure. */

import type { Scale } from "./scale.ts";

/** A Jacobian J_i as a rectangle, in px. */
export type Block = {
  /** i, from 1. */
  readonly index: number;
  readonly rows: number;
  readonly columns: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Blocks in a row, in the order of the network. */
export type BlockRow = {
  readonly blocks: readonly Block[];
  readonly height: number;
  /** The blocks' scale over that of the columns: 1, or less where they would be wider than the drawing. */
  readonly shrink: number;
};

/**
 * Lays the Jacobians out, centred, on one scale.
 *
 * @param widths - of all columns
 * @param scale - of the columns
 * @param room - `width` of the drawing in px, `gap` between blocks, `heading` above each for its name
 */
export function blockRow(
  widths: readonly number[],
  scale: Scale,
  room: { readonly width: number; readonly gap: number; readonly heading: number },
): BlockRow {
  const K = widths.length - 1;
  const sizes = widths.slice(1).map((rows, i) => ({ rows, columns: widths[i]! }));
  const free = room.width - (K + 1) * room.gap;
  const natural = sizes.reduce((sum, { columns }) => sum + scale.px(columns), 0);
  const shrink = Math.min(1, free / natural);
  const tallest = Math.max(...sizes.map(({ rows }) => scale.px(rows))) * shrink;
  const gap = Math.min(Math.max(room.gap, (free - natural * shrink) / (K + 1)), 72);
  const used = natural * shrink + (K - 1) * gap;
  let x = (room.width - used) / 2;
  const blocks = sizes.map(({ rows, columns }, i): Block => {
    const [width, height] = [scale.px(columns) * shrink, scale.px(rows) * shrink];
    const block = {
      index: i + 1,
      rows,
      columns,
      x,
      y: room.heading + (tallest - height) / 2,
      width,
      height,
    };
    x += width + gap;
    return block;
  });
  return { blocks, height: room.heading + tallest, shrink };
}

/** Copies of the whole row of Jacobians, as tiles of one size for both modes. */
export type Copies = {
  /** px of a tile. */
  readonly tile: { readonly width: number; readonly height: number };
  /** Tiles in a row. */
  readonly perRow: number;
  /** Tiles of each mode. */
  readonly forward: number;
  readonly reverse: number;
  /** Products that one tile stands for. */
  readonly productsATile: number;
  /** Blocks of one tile in fractions of its width and height; one block that fills it where sizes are too different. */
  readonly blocks: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
};

/** More tiles than this cannot be told apart. */
const MOST_TILES = 2500;

/**
 * Lays n and m copies out on one scale.
 *
 * @param widths - of all columns
 * @param scale - tells whether shapes can be shown
 * @param area - px of one mode's panel
 */
export function copiesOf(
  widths: readonly number[],
  scale: Scale,
  area: { readonly width: number; readonly height: number },
): Copies {
  const [n, m] = [widths[0]!, widths.at(-1)!];
  const productsATile = Math.ceil(Math.max(n, m) / MOST_TILES);
  const forward = Math.ceil(n / productsATile);
  const reverse = Math.ceil(m / productsATile);
  const wide = widths.slice(0, -1).reduce((sum, width) => sum + width, 0);
  const high = Math.max(...widths.slice(1));
  const shaped = scale.kind === "linear";
  const aspect = shaped ? Math.min(12, Math.max(0.3, wide / high)) : 1.6;
  const { perRow, width } = bestGrid(Math.max(forward, reverse), aspect, area);
  let x = 0;
  const blocks = widths.slice(1).map((rows, i) => {
    const columns = widths[i]!;
    const block = { x: x / wide, y: (1 - rows / high) / 2, width: columns / wide, height: rows / high };
    x += columns;
    return block;
  });
  return {
    tile: { width, height: width / aspect },
    perRow,
    forward,
    reverse,
    productsATile,
    blocks: shaped ? blocks : [{ x: 0, y: 0, width: 1, height: 1 }],
  };
}

/** The number of tiles in a row that lets them be largest, and their width with the gap. */
function bestGrid(
  count: number,
  aspect: number,
  area: { readonly width: number; readonly height: number },
): { perRow: number; width: number } {
  let best = { perRow: 1, width: 0 };
  for (let perRow = 1; perRow <= count; perRow++) {
    const rows = Math.ceil(count / perRow);
    const width = Math.min(area.width / perRow, (area.height / rows) * aspect);
    if (width > best.width) best = { perRow, width };
  }
  // A single tile need not fill the whole panel.
  return { ...best, width: Math.min(best.width, area.width * 0.6) };
}
