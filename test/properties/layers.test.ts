/** @file Each layer kind alone: products against each other, against differences, and against its closed forms. */

import { describe, expect, it } from "vitest";
import { countCost, predictCost, prepareJacobian } from "../../src/ad/jacobian.ts";
import { jvp } from "../../src/ad/jvp.ts";
import { vjp } from "../../src/ad/vjp.ts";
import { maxAbs, maxAbsDifference, type Vector, zeros } from "../../src/array.ts";
import { createChain } from "../../src/chain/chain.ts";
import { createRandom } from "../../src/random.ts";
import { STRATEGIES } from "../../src/strategies/index.ts";
import { everyLayer, uniformVector } from "../support/random-chains.ts";

const random = createRandom(11);
const LAYERS = everyLayer(random);

/** ⟨a, b⟩, and the sum of its absolute terms, which bounds its rounding. */
function inner(a: Vector, b: Vector): { value: number; size: number } {
  let [value, size] = [0, 0];
  for (let i = 0; i < a.shape[0]!; i++) {
    value += a.get(i)! * b.get(i)!;
    size += Math.abs(a.get(i)! * b.get(i)!);
  }
  return { value, size };
}

describe.each(LAYERS)("layer $name", ({ layer }) => {
  const chain = createChain([layer]);
  // Away from 0, where ReLU has its kink.
  const x = uniformVector(chain.n, random);
  for (let i = 0; i < chain.n; i++) x.set(i, x.get(i)! + Math.sign(x.get(i)!) * 0.1);

  it("satisfies the dot-product identity ⟨u, J·v⟩ = ⟨Jᵀ·u, v⟩", () => {
    for (let k = 0; k < 20; k++) {
      const [u, v] = [uniformVector(chain.m, random), uniformVector(chain.n, random)];
      const forward = inner(u, jvp(chain, x, v)[1]);
      const reverse = inner(vjp(chain, x)[1](u), v);
      expect(Math.abs(forward.value - reverse.value)).toBeLessThanOrEqual(
        1e-13 * (forward.size + reverse.size + 1),
      );
    }
  });

  it("agrees with finite differences to their own accuracy, and with the complex step to rounding", () => {
    const exact = prepareJacobian(chain, x, { strategy: "forward" }).run();
    const scale = Math.max(1, maxAbs(exact));
    for (const strategy of STRATEGIES.filter(
      ({ mode, withRespectTo }) => mode === null && withRespectTo === "input",
    )) {
      const J = prepareJacobian(chain, x, { strategy: strategy.id }).run();
      const tolerance =
        { "finite-differences-forward": 1e-6, "finite-differences-central": 1e-8 }[strategy.id] ?? 1e-13;
      expect(maxAbsDifference(J, exact), strategy.id).toBeLessThanOrEqual(tolerance * scale);
    }
  });

  it("gives y beside the products", () => {
    const [y] = jvp(chain, x, zeros(chain.n));
    expect(maxAbsDifference(vjp(chain, x)[0], y)).toBe(0);
    expect(y.shape).toEqual([chain.m]);
  });

  it("costs what its closed forms say, alone and between dense layers", () => {
    const wider = createChain([
      ...everyLayer(createRandom(3))
        .filter((l) => l.layer.outputWidth === layer.inputWidth)
        .slice(0, 1)
        .map((l) => l.layer),
      layer,
    ]);
    for (const c of [chain, wider]) {
      for (const { id } of STRATEGIES.filter(({ withRespectTo }) => withRespectTo === "input")) {
        const { jacobian, ...counted } = countCost(c, uniformVector(c.n, random), { strategy: id });
        expect(counted, id).toEqual(predictCost(c.shape, { strategy: id }));
        expect(jacobian.shape).toEqual([c.m, c.n]);
      }
    }
  });
});
