/** @file Where the blocks of a plan lie in its picture: factors on top, below each what is formed out of them, to scale. */

import type { BracketingNode } from "../../src/planner/bracketing.ts";
import { formatCount } from "../text.ts";

/** How a block is formed; a factor is none of these. */
export type BlockKind = "factor" | "tangent" | "adjoint" | "product" | "inner";

/** A block as a rectangle, in px; y counts downwards. */
export type PlanBox = {
  readonly kind: BlockKind;
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
  readonly text: string;
};

/** What a block is formed of: a line down to it. `through`: a factor that tangents or adjoints go through. */
export type PlanLine = {
  readonly kind: BlockKind;
  readonly role: "part" | "through";
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
};

/** A text about its middle. */
export type PlanLabel = { readonly x: number; readonly y: number; readonly text: string };

/** A picture's content and size. */
export type PlanLayout = {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlanBox[];
  readonly lines: readonly PlanLine[];
  readonly labels: readonly PlanLabel[];
};

/** The most px of the picture, and of its text. */
export type PlanRoom = { readonly width: number; readonly height: number; readonly text: number };

type Placed = { readonly node: BracketingNode; readonly level: number };

/**
 * Lays a plan out. Factors stand in the order of the product, J_p on the left and J_1 on the right; a block stands under
 * its range, one row lower than what it is formed of.
 *
 * @param tree - the plan
 * @param widths - d_0 … d_p
 * @param room - the largest size; blocks are scaled to fit, none thinner than one px
 */
export function layoutPlan(tree: BracketingNode, widths: readonly number[], room: PlanRoom): PlanLayout {
  const p = widths.length - 1;
  const { placed, levels } = levelsOf(tree);
  const tallest = Array.from({ length: levels + 1 }, (_, level) =>
    level === 0
      ? Math.max(...widths.slice(1))
      : Math.max(0, ...placed.filter((one) => one.level === level).map(({ node }) => node.rows)),
  );
  const gap = room.text;
  const rowGap = 3.4 * room.text;
  const slotOf = (factor: number, scale: number): number =>
    Math.max(widths[factor - 1]! * scale, Math.min(5.5 * room.text, room.width / p - gap));
  const widthAt = (scale: number): number =>
    Array.from({ length: p }, (_, i) => slotOf(i + 1, scale)).reduce((sum, slot) => sum + slot + gap, 0);
  const heightAt = (scale: number): number =>
    tallest.reduce((sum, rows) => sum + Math.max(1, rows * scale) + rowGap, 0);
  const scale = largest(
    (one) => widthAt(one) <= room.width && heightAt(one) <= room.height,
    (9 * room.text) / Math.max(...widths),
  );

  // Slots from right to left: F1 is the last factor of the product.
  const slots: { left: number; right: number }[] = [];
  let right = widthAt(scale) - gap / 2;
  for (let factor = 1; factor <= p; factor++) {
    slots.push({ left: right - slotOf(factor, scale), right });
    right -= slotOf(factor, scale) + gap;
  }
  const middles: number[] = [];
  let top = 0;
  for (const rows of tallest) {
    middles.push(top + 1.7 * room.text + Math.max(1, rows * scale) / 2);
    top += Math.max(1, rows * scale) + rowGap;
  }
  const boxes: PlanBox[] = [];
  const labels: PlanLabel[] = [];
  const lines: PlanLine[] = [];
  const place = (
    kind: BlockKind,
    range: readonly [number, number],
    level: number,
    size: readonly [number, number],
    label: string,
    text: string,
  ): PlanBox => {
    const x = (slots[range[1] - 1]!.left + slots[range[0] - 1]!.right) / 2;
    const [half, tall] = [Math.max(1, size[1] * scale) / 2, Math.max(1, size[0] * scale) / 2];
    const box = {
      kind,
      x: px(x - half),
      x2: px(x + half),
      y: px(middles[level]! - tall),
      y2: px(middles[level]! + tall),
      text,
    };
    boxes.push(box);
    const room_ = slots[range[0] - 1]!.right - slots[range[1] - 1]!.left + gap;
    if (label.length * 0.62 * room.text <= room_) {
      labels.push({ x: px(x), y: px(middles[level]! - tall - 0.8 * room.text), text: label });
    }
    return box;
  };
  const factors = Array.from({ length: p }, (_, i) => {
    const [columns, rows] = [widths[i]!, widths[i + 1]!];
    return place(
      "factor",
      [i + 1, i + 1],
      0,
      [rows, columns],
      `F${i + 1}`,
      `F${i + 1}: ${rows} × ${columns}`,
    );
  });
  const formed = new Map<BracketingNode, PlanBox>();
  for (const { node, level } of placed) {
    const kind = kindOf(node);
    const fma = formatCount(node.fma);
    const range = [node.first, node.last] as const;
    const text = `F${node.last}${node.first === node.last ? "" : ` … F${node.first}`}: ${node.rows} × ${node.columns}, ${fma} FMA`;
    const box = place(kind, range, level, [node.rows, node.columns], fma, text);
    formed.set(node, box);
    const join = (from: PlanBox, role: PlanLine["role"]): void => {
      const y2 = box.y - 1.5 * room.text;
      lines.push({ kind, role, x: middle(from), x2: middle(box), y: px(from.y2 + 1), y2: px(y2) });
    };
    for (const part of [node.later, node.earlier]) {
      if (part !== null) join(formed.get(part) ?? factors[part.first - 1]!, "part");
    }
    const [first, last] = node.through ?? (node.later === null && node.earlier === null ? range : [1, 0]);
    for (let factor = first; factor <= last; factor++) join(factors[factor - 1]!, "through");
  }
  return { width: Math.ceil(widthAt(scale)), height: Math.ceil(top), boxes, lines, labels };
}

/** Blocks that are formed, each after its parts, with the row in which they stand. */
function levelsOf(tree: BracketingNode): { placed: Placed[]; levels: number } {
  const placed: Placed[] = [];
  const visit = (node: BracketingNode): number => {
    const below = [node.later, node.earlier].filter((part) => part !== null).map(visit);
    if (node.kind === "given") return 0;
    const level = 1 + Math.max(0, ...below);
    placed.push({ node, level });
    return level;
  };
  const levels = visit(tree);
  return { placed, levels };
}

function kindOf({ kind, mode }: BracketingNode): BlockKind {
  if (kind === "accumulate") return mode!;
  return kind === "given" ? "factor" : kind;
}

/** The largest value up to a limit at which a condition holds that holds for all smaller ones; 0 if for none. */
function largest(holds: (value: number) => boolean, limit: number): number {
  if (holds(limit)) return limit;
  let [low, high] = [0, limit];
  for (let step = 0; step < 40; step++) {
    const half = (low + high) / 2;
    if (holds(half)) low = half;
    else high = half;
  }
  return low;
}

function middle({ x, x2 }: PlanBox): number {
  return px((x + x2) / 2);
}

/** Hundredths of a px. */
function px(value: number): number {
  return Math.round(value * 100) / 100;
}
