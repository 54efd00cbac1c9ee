/** @file The explorer's costs: for a hundred random networks exactly those of the commands, and the sentences agree. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildShape } from "../../src/chain/build.ts";
import { type CostRow, FRAMEWORK_ROW } from "../../src/cli/cost.ts";
import { type Convention, type Model, modelOf, WAYS } from "../../src/explorer/model.ts";
import { formatFma, formatTimes } from "../../src/explorer/numbers.ts";
import { answerOf, formulaOf, sentenceOf } from "../../src/explorer/sentences.ts";
import { CHOICES, chainSpecOf, type ExplorerState } from "../../src/explorer/state.ts";
import { createRandom } from "../../src/random.ts";
import { runInside } from "../support/run-inside.ts";

type Network = Pick<ExplorerState, "widths" | "activation" | "loss">;

/** A hundred networks: small and huge, narrow places, with and without activation and loss; the same in every run. */
function randomNetworks(): Network[] {
  const random = createRandom(20261124);
  const pick = <Value>(values: readonly Value[]): Value => values[random.integer(0, values.length - 1)]!;
  return Array.from({ length: 100 }, () => ({
    widths: Array.from({ length: random.integer(2, 9) }, () =>
      Math.round(Math.exp(random.uniform() * Math.log(pick([12, 100, 1000, 1_000_000])))),
    ),
    activation: random.uniform() < 0.4 ? "none" : pick(CHOICES.activation),
    loss: random.uniform() < 0.7 ? "none" : "softmaxCrossEntropy",
  }));
}

function chainArguments({ widths, activation, loss }: Network): string[] {
  return [
    "--widths",
    widths.join(","),
    ...(activation === "none" ? [] : ["--activation", activation]),
    ...(loss === "none" ? [] : ["--loss", loss]),
    "--format",
    "json",
  ];
}

async function commandRows(network: Network): Promise<readonly CostRow[]> {
  const { code, stdout } = await runInside(["cost", ...chainArguments(network)]);
  expect(code).toBe(0);
  return JSON.parse(stdout).strategies;
}

describe("a hundred random networks", () => {
  const networks = randomNetworks();

  it("cost what `jacobench cost` says, way by way", async () => {
    let refused = 0;
    for (const network of networks) {
      const model = modelOf(network);
      const { stdout } = await runInside([
        "cost",
        ...chainArguments(network),
        "--linearisation",
        "recomputed",
      ]);
      const recomputed = (JSON.parse(stdout).strategies as CostRow[]).find(
        ({ strategy }) => strategy === "forward",
      )!;
      expect("bytes" in recomputed && recomputed.bytes).toBe(model.recomputedBytes);
      const rows = await commandRows(network);
      for (const { id, strategy, convention } of WAYS) {
        const name = id === "best" ? FRAMEWORK_ROW : strategy;
        const row = rows.find((one) => one.strategy === name)!;
        expect(row.convention).toBe(convention);
        const way = model.way(id);
        if ("unsupported" in row) {
          expect(way.refused).toBe(row.unsupported);
          refused++;
        } else {
          expect(way).toMatchObject({
            fma: row.fma,
            primalFma: row.primalFma,
            bytes: row.bytes,
            refused: null,
          });
        }
      }
    }
    expect(refused).toBeLessThan(100);
  });

  it("are planned as by `jacobench plan`, cost, bracketing and words", async () => {
    let planned = 0;
    for (const network of networks) {
      const model = modelOf(network);
      for (const convention of CHOICES.plan) {
        const said = await runInside(["plan", ...chainArguments(network), "--convention", convention]);
        const plan = model.planOf(convention);
        if (plan.refused !== null) {
          expect(said.code).toBe(2);
          expect(said.stderr).toContain(plan.refused);
          continue;
        }
        planned++;
        const json = JSON.parse(said.stdout);
        expect(plan.plan.fma).toBe(json.plan.fma);
        expect(plan.costs.tangentFma).toBe(json.tangent?.fma ?? null);
        expect(plan.costs.adjointFma).toBe(json.adjoint?.fma ?? null);
        expect(plan.text).toBe(json.text);
        expect(plan.tree).toEqual(json.bracketing);
        const best = model.way(convention === "given" ? "best-given" : "best");
        expect(best.refused === null && best.fma).toBe(json.plan.fma);
        expect(plan.advice).toEqual(json.advice);
      }
    }
    expect(planned).toBeGreaterThan(120);
  });
});

it("the words of a plan are those that the command prints, but for memory", async () => {
  const network = { widths: [200, 200, 5, 200, 200], activation: "none", loss: "none" } as const;
  const { stdout } = await runInside(["plan", "--widths", network.widths.join(",")]);
  const printed = stdout.replaceAll("\n", " ");
  const plan = modelOf(network).planOf("matrix-free");
  expect(plan.refused).toBeNull();
  if (plan.refused === null) {
    expect(plan.advice.sentences.length).toBeGreaterThan(3);
    for (const sentence of plan.advice.sentences) expect(printed).toContain(sentence);
  }
});

const network = fc.record({
  widths: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 6 }),
  activation: fc.constantFrom(...CHOICES.activation),
  loss: fc.constantFrom(...CHOICES.loss),
});

const fmaOf = (model: Model, id: Parameters<Model["way"]>[0]): number => {
  const way = model.way(id);
  if (way.refused !== null) throw new Error(way.refused);
  return way.fma;
};

it("forward is n products, reverse m products, and no way of a convention is cheaper than its best plan", () => {
  fc.assert(
    fc.property(network, (one) => {
      const model = modelOf(one);
      expect(fmaOf(model, "forward")).toBe(model.n * model.productFma);
      expect(fmaOf(model, "reverse")).toBe(model.m * model.productFma);
      for (const convention of CHOICES.plan as readonly Convention[]) {
        const ways = model.ways.filter((way) => way.convention === convention);
        const ratios = ways.map((way) => (way.refused === null ? way.ratio : Number.NaN));
        expect(ratios.at(-1)).toBe(1);
        expect(Math.min(...ratios)).toBe(1);
      }
    }),
  );
});

it("the sentence names the cheaper mode, or the plan that beats both", () => {
  fc.assert(
    fc.property(network, (one) => {
      const model = modelOf(one);
      const { head } = sentenceOf(model);
      const [forward, reverse, best] = (["forward", "reverse", "best"] as const).map((id) =>
        fmaOf(model, id),
      ) as [number, number, number];
      if (best < Math.min(forward, reverse)) {
        const times = Math.min(forward, reverse) / best;
        expect(head).toMatch(/^A mixed plan is /);
        if (times >= 1.1) expect(head).toContain(`${formatTimes(times)} times cheaper`);
        else expect(head).toMatch(/ is [\d.]+ % cheaper/);
        expect(head).toContain(forward === reverse ? "than either mode." : "than the better mode.");
      } else if (forward === reverse) expect(head).toBe("Forward and reverse mode cost the same.");
      else {
        const [cheaper, times] =
          forward < reverse ? ["Forward", reverse / forward] : ["Reverse", forward / reverse];
        if (times >= 1.1) expect(head).toBe(`${cheaper} mode is ${formatTimes(times)} times cheaper.`);
        else expect(head).toMatch(new RegExp(`^${cheaper} mode is [\\d.]+ % cheaper\\.$`));
      }
    }),
  );
});

it("the cut that is told is the plan's", () => {
  let mixed = 0;
  fc.assert(
    fc.property(network, (one) => {
      const model = modelOf(one);
      const { rest } = sentenceOf(model);
      const told = rest.match(/cut where it is only (\d+) wide/)?.[1];
      if (told === undefined) return;
      mixed++;
      const plan = model.planOf("matrix-free");
      if (plan.refused !== null) throw new Error(plan.refused);
      const { earlier, later } = plan.tree;
      expect(Number(told)).toBe(earlier?.rows ?? later?.columns);
      expect(plan.advice.sentences.join(" ")).toContain(`where it is ${told} wide`);
    }),
    { seed: 3, numRuns: 300 },
  );
  expect(mixed).toBeGreaterThan(30);
});

it("one page has one answer for each question: 1000000-10-3 was 333,333 times cheaper and the same", () => {
  const model = modelOf({ widths: [1_000_000, 10, 3], activation: "none", loss: "none" });
  expect(sentenceOf(model).head).toBe("Reverse mode is 333,333 times cheaper.");
  const said = (["matrix-free", "given"] as const).map((convention) => {
    const plan = model.planOf(convention);
    return plan.refused ?? plan.advice.sentences.join(" ");
  });
  expect(said[0]).toContain("Reverse mode (3 VJPs) is the cheapest");
  expect(said[0]).toContain("(333,333 times as much)");
  expect(said[1]).toContain(
    "Products from the right (1,000,000 columns) and products from the left (3 rows) cost the same",
  );
  expect(said[1]).not.toMatch(/forward|reverse|fewer seeds/i);
});

it("nearly equal modes are told apart in per cent, not as 1 times cheaper", () => {
  const of = (...widths: number[]) => sentenceOf(modelOf({ widths, activation: "none", loss: "none" })).head;
  expect(of(1001, 2000, 1000)).toBe("Reverse mode is 0.1 % cheaper.");
  expect(of(300, 310, 301)).toBe("Forward mode is 0.33 % cheaper.");
});

it("formulas hold on dense layers", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 }), (widths) => {
      const model = modelOf({ widths, activation: "none", loss: "none" });
      const { n, m, sigma } = model;
      const [first, last] = [widths[1]!, widths.at(-2)!];
      expect(fmaOf(model, "from-right")).toBe(n * (sigma - n * first));
      expect(fmaOf(model, "from-left")).toBe(m * (sigma - m * last));
      expect(formulaOf("from-left", model)).toMatch(/^m·\(Σ − m·d[₀-₉]\)$/);
    }),
  );
});

it("a scalar loss is told as the course tells it", () => {
  const model = modelOf({ widths: [784, 128, 64, 10, 1], activation: "none", loss: "none" });
  expect(sentenceOf(model)).toEqual({
    head: "Reverse mode is 784 times cheaper.",
    rest: "1 VJP instead of 784 JVPs; each of them costs Σ = 109,194 FMA.",
  });
  expect(answerOf(model)).toEqual({ cheaper: "reverse", times: 784, mixedTimes: null });
  const shape = buildShape(
    chainSpecOf({ widths: [784, 10], activation: "none", loss: "softmaxCrossEntropy" }),
  );
  expect(shape.m).toBe(1);
});

it.each([
  [0, "0"],
  [109194, "109,194"],
  [9_999_999_999, "9,999,999,999"],
  [12_345_678_901, "1.235 × 10¹⁰"],
  [2 ** 60, "≈ 1.153 × 10¹⁸"],
])("%d FMA read %s", (value, text) => {
  expect(formatFma(value)).toBe(text);
});

it.each([
  [1, "1"],
  [784, "784"],
  [42.888, "42.9"],
  [1.254, "1.25"],
  [1234.4, "1,234"],
])("%d times read %s", (value, text) => {
  expect(formatTimes(value)).toBe(text);
});
