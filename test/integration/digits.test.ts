/** @file Layers and chains keep their digits over the whole range of float64: the bulk of what test/chain/digits.test.ts samples. */

import { describe, expect, it } from "vitest";
import { vector } from "../../src/array.ts";
import { logSoftmax, softmax } from "../../src/chain/softmax.ts";
import { createRandom } from "../../src/random.ts";
import { exactly, whole } from "../support/arbitrary-precision.ts";
import { expectChainDigits, expectDigits, workspaces } from "../support/digits-properties.ts";
import { LAYER_KINDS, probabilities } from "../support/layer-digits.ts";

describe("values and Jacobians, by every way and on every kernel, against arbitrary precision", () => {
  it.each(LAYER_KINDS)("of %s", (kind) => expectDigits(kind, 400, 1));
});

it("products with a chain of Jacobians are as exact as their sums are, by every way and on every kernel", () =>
  expectChainDigits(1500, 2));

describe("of a thousand classes", () => {
  const random = createRandom(3);
  const x = vector(Array.from({ length: 1000 }, () => 3 * random.uniform()));
  const c = x.data.indexOf(Math.max(...x.data));
  const p = probabilities(Array.from(x.data, exactly));
  const delta = (i: number): number => (i === c ? 1 : 0);

  it.each([
    ["softmax", softmax(1000), (i: number, j: number) => p[i]!.times(whole(delta(i)).minus(p[j]!))],
    ["logSoftmax", logSoftmax(1000), (i: number, j: number) => whole(delta(i)).minus(p[j]!)],
  ])("the pivot's row and column of the Jacobian of %s are right", (_, layer, entry) => {
    for (const workspace of workspaces()) {
      const { allocator } = workspace;
      const [point, seed, y] = [allocator.allocate(1000), allocator.allocate(1000), allocator.allocate(1000)];
      for (let i = 0; i < 1000; i++) point.set(i, x.get(i)!);
      seed.set(c, 1);
      const { map, evaluate } = layer.prepareLinearisation(workspace, (length) => allocator.allocate(length));
      evaluate(point, y);
      map.preparePush(workspace, null)(seed, y);
      const expectEntry = (i: number, truth: ReturnType<typeof entry>, way: string): void => {
        const error = exactly(y.get(i)!).minus(truth).div(truth);
        expect(Math.abs(Number(error)), `${way} ${i} on ${workspace.kernel.id}`).toBeLessThan(1e-14);
      };
      for (let i = 0; i < 1000; i++) expectEntry(i, entry(i, c), "JVP");
      map.preparePull(workspace, null)(seed, y);
      for (let j = 0; j < 1000; j++) {
        // The row: softmax's Jacobian is symmetric, log-softmax's has δ_cj − p_j there.
        expectEntry(j, layer.kind === "softmax" ? entry(j, c) : whole(delta(j)).minus(p[j]!), "VJP");
      }
    }
  });
});
