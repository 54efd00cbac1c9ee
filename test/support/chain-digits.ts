/** @file Products with a chain of Jacobians as they are in truth, and the size that bounds their rounding. */

import { entries, zeros } from "../../src/array.ts";
import type { Chain } from "../../src/chain/chain.ts";
import type { Layer } from "../../src/chain/layer.ts";
import type { LinearMap, Workspace } from "../../src/linear-map/types.ts";
import { type BigNumber, exactly, sumOf } from "./arbitrary-precision.ts";

/** Rows of a Jacobian of float64 entries; null for the identity that a residual layer adds to its inner factors. */
type Factor = { readonly rows: BigNumber[][]; readonly inner: null } | { readonly inner: Factor[] };

/** The factors of a chain at a point, read entry by entry. */
export function factorsOf(maps: readonly LinearMap[], workspace: Workspace): Factor[] {
  return maps.map((map) => {
    if (map.inner !== null) return { inner: factorsOf(map.inner, workspace) };
    const read = map.prepareReadRows(workspace, null);
    const rows = Array.from({ length: map.rows }, (_, i) => {
      const row = zeros(map.columns);
      read(i, row);
      return entries(row).map(exactly);
    });
    return { rows, inner: null };
  });
}

/**
 * J_K·…·J_1·v to many digits.
 *
 * @param factors - J_1 … J_K
 * @param v - the tangent
 * @param of - what to do to every entry: nothing for the product, its modulus for the size
 */
export function pushExactly(
  factors: readonly Factor[],
  v: readonly BigNumber[],
  of: (entry: BigNumber) => BigNumber,
): BigNumber[] {
  return factors.reduce<BigNumber[]>((tangent, factor) => {
    if (factor.inner === null) {
      return factor.rows.map((row) => sumOf(row.map((entry, j) => of(entry).times(tangent[j]!))));
    }
    return pushExactly(factor.inner, tangent, of).map((entry, i) => entry.plus(tangent[i]!));
  }, v.map(of));
}

/** How many layers a chain has and how wide the widest is, those inside of residual layers included. */
export function sizeOf(layers: Chain["layers"]): { count: number; widest: number } {
  return layers.reduce(
    (size, layer: Layer) => {
      const inner = sizeOf(layer.inner ?? []);
      return {
        count: size.count + 1 + inner.count,
        widest: Math.max(size.widest, layer.inputWidth, layer.outputWidth, inner.widest),
      };
    },
    { count: 0, widest: 0 },
  );
}
