/**
 * @file The animation's clock: both modes do one hop from column to column a tick, so they take equal time a product.
 * Pure.
 */

/** Where a mode is at a tick. */
export type Place = {
  /** The product that is under way, from 0; that of the last tick once all are done. */
  readonly product: number;
  /** Columns that its vector has passed: 0 is the seed, K the result. */
  readonly hop: number;
  /** Products that are finished: so many columns or rows of J are filled. */
  readonly finished: number;
  readonly done: boolean;
};

/** Before the first tick. */
export const BEFORE = -1;

/**
 * Where a mode is.
 *
 * @param tick - from 0; {@link BEFORE} before the start
 * @param layers - K hops a product, and one tick for its seed
 * @param products - n or m
 */
export function placeAt(tick: number, layers: number, products: number): Place {
  if (tick < 0) return { product: 0, hop: 0, finished: 0, done: false };
  const last = lastTick(layers, products);
  const now = Math.min(tick, last);
  const product = Math.floor(now / (layers + 1));
  const hop = now - product * (layers + 1);
  const finished = product + (hop === layers ? 1 : 0);
  return { product, hop, finished, done: now === last };
}

/**
 * The tick at which a mode has its whole Jacobian.
 *
 * @param layers - K
 * @param products - n or m
 */
export function lastTick(layers: number, products: number): number {
  return products * (layers + 1) - 1;
}

/**
 * The tick at which the product under way is finished, or the next one if it just was.
 *
 * @param tick - now
 * @param layers - K
 */
export function nextProduct(tick: number, layers: number): number {
  return (Math.floor((tick + 1) / (layers + 1)) + 1) * (layers + 1) - 1;
}
