/** @file Numbers as specs hold them. */

/** Six significant digits: what a picture can show, and the same text on every machine. */
export function significant(value: number): number {
  return Number(value.toPrecision(6));
}
