/** @file The explorer's drawings: one scale, areas that are FMA, n and m copies of one size, nothing outside of its room. */

import fc from "fast-check";
import { expect, it } from "vitest";
import { blockRow, copiesOf } from "../../src/explorer/layout/blocks.ts";
import { scaleOf } from "../../src/explorer/layout/scale.ts";

const anyWidths = (max: number) => fc.array(fc.integer({ min: 1, max }), { minLength: 2, maxLength: 10 });

it("a scale goes back and forth, grows with the width, and has room for the largest", () => {
  fc.assert(
    fc.property(anyWidths(1_000_000), (widths) => {
      const scale = scaleOf(widths, 220);
      for (const width of widths) {
        const px = scale.px(width);
        expect(px).toBeGreaterThan(0);
        expect(px).toBeLessThanOrEqual(220);
        expect(scale.width(px)).toBeCloseTo(width, 6 - Math.ceil(Math.log10(width)));
        expect(scale.px(width + 1)).toBeGreaterThan(px);
      }
    }),
  );
});

it("is linear until the smallest could not be seen, and only then logarithmic", () => {
  expect(scaleOf([784, 128, 64, 10, 1], 220).kind).toBe("linear");
  expect(scaleOf([3000, 1], 220).kind).toBe("linear");
  expect(scaleOf([3001, 1], 220).kind).toBe("log");
  const scale = scaleOf([784, 128], 220);
  expect(scale.px(784) / scale.px(128)).toBeCloseTo(784 / 128, 10);
});

it("a block's area is its FMA on a linear scale, and all blocks together are Σ", () => {
  fc.assert(
    fc.property(anyWidths(900), fc.integer({ min: 280, max: 1100 }), (widths, width) => {
      const scale = scaleOf(widths, 220);
      const { blocks, shrink, height } = blockRow(widths, scale, { width, gap: 10, heading: 20 });
      const unit = (scale.px(1) * shrink) ** 2;
      for (const block of blocks) {
        expect((block.width * block.height) / unit / (block.rows * block.columns)).toBeCloseTo(1, 8);
        expect(block.x).toBeGreaterThanOrEqual(-1e-9);
        expect(block.x + block.width).toBeLessThanOrEqual(width + 1e-9);
        expect(block.y).toBeGreaterThanOrEqual(20 - 1e-9);
        expect(block.y + block.height).toBeLessThanOrEqual(height + 1e-9);
      }
      const sigma = widths.slice(1).reduce((sum, rows, i) => sum + rows * widths[i]!, 0);
      const ink = blocks.reduce((sum, block) => sum + block.width * block.height, 0);
      expect(ink / unit / sigma).toBeCloseTo(1, 8);
    }),
  );
});

it("forward has a tile for each of n products and reverse for each of m, of one size, all in their panels", () => {
  fc.assert(
    fc.property(anyWidths(1_000_000), (widths) => {
      const area = { width: 500, height: 170 };
      const copies = copiesOf(widths, scaleOf(widths, 220), area);
      const [n, m] = [widths[0]!, widths.at(-1)!];
      expect(copies.forward).toBe(Math.ceil(n / copies.productsATile));
      expect(copies.reverse).toBe(Math.ceil(m / copies.productsATile));
      expect(copies.productsATile === 1).toBe(Math.max(n, m) <= 2500);
      const rows = Math.ceil(Math.max(copies.forward, copies.reverse) / copies.perRow);
      expect(copies.perRow * copies.tile.width).toBeLessThanOrEqual(area.width * 1.000001);
      expect(rows * copies.tile.height).toBeLessThanOrEqual(area.height * 1.000001);
      for (const block of copies.blocks) {
        expect(block.x + block.width).toBeLessThanOrEqual(1.000001);
        expect(block.y).toBeGreaterThanOrEqual(0);
        expect(block.y + block.height).toBeLessThanOrEqual(1.000001);
      }
    }),
  );
});
