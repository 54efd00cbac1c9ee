/** @file What the lessons say of costs in prose: each sentence stands in its source, and what it says is checked by counts. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  activation,
  buildShape,
  type ChainShape,
  createChain,
  dense,
  elementalsOf,
  explainPlan,
  homogeneousCosts,
  planChain,
  predictCost,
  residual,
  switchWidth,
  zeros,
} from "../../src/index.ts";
import { frameworkPlans } from "../../src/planner/framework-plan.ts";
import { REPOSITORY } from "../support/run-command.ts";

type Convention = "given" | "matrix-free";
type Claim = {
  readonly lesson: string;
  /** The sentence as the source has it, line ends as blanks. */
  readonly says: string;
  readonly holds: () => void;
};

const plan = (shape: ChainShape, convention: Convention): number =>
  planChain(elementalsOf(shape, convention)).fma;
const fromTheRight = (shape: ChainShape, convention: Convention): number =>
  homogeneousCosts(elementalsOf(shape, convention)).tangentFma!;
const bottleneck = (w: number, h: number): ChainShape => buildShape({ widths: [w, w, h, w, w] });
const gain = (w: number, h: number, convention: Convention): number =>
  fromTheRight(bottleneck(w, h), convention) / plan(bottleneck(w, h), convention);

/** K blocks, w wide with h units inside, in a row. */
function blocksOf(kind: "plain" | "skip", K: number, w = 64, h = 4): ChainShape {
  const inside = [dense(zeros(h, w), zeros(h)), activation("relu", h), dense(zeros(w, h), zeros(w))];
  const blocks = Array.from({ length: K }, () => (kind === "plain" ? inside : [residual(inside)]));
  return createChain(blocks.flat()).shape;
}

const widthsOf = (least: number) =>
  fc.array(fc.integer({ min: 1, max: 40 }), { minLength: least, maxLength: 6 });
const activationOf = fc.constantFrom("tanh" as const, "relu" as const);
const check = <Drawn>(drawn: fc.Arbitrary<Drawn>, holds: (value: Drawn) => void): void =>
  fc.assert(fc.property(drawn, holds), { numRuns: 200, seed: 12 });

const modes = (shape: ChainShape, unitSeeds: "dense" | "read") =>
  (["forward", "reverse"] as const).map((strategy) => predictCost(shape, { strategy, unitSeeds }).fma) as [
    number,
    number,
  ];

/** What the two mixed plans of a bottleneck cost, and which is the cheapest of all. */
function mixedPlan(): void {
  check(fc.tuple(fc.integer({ min: 2, max: 300 }), fc.integer({ min: 1, max: 300 })), ([w, h]) => {
    fc.pre(h < w);
    expect(plan(bottleneck(w, h), "given")).toBe(3 * w ** 2 * h);
    // h VJPs to form J_2 J_1, then its w columns through J_3 and J_4.
    const pushed = w * (w + h) ** 2;
    const multiplied = w * h * (3 * w + 2 * h);
    expect(plan(bottleneck(w, h), "matrix-free")).toBe(Math.min(multiplied, pushed));
    const golden = (Math.sqrt(5) - 1) / 2; // 0.62: there h² + hw = w², and the two cost the same
    expect(multiplied <= pushed).toBe(h <= golden * w);
    expect(pushed).toBeLessThan(2 * w ** 2 * (h + w));
  });
}

const CLAIMS: readonly Claim[] = [
  {
    lesson: "01-three-ways-to-differentiate",
    says: "Of the ways on values, reverse mode costs least where $m < n$: $m$ products in the place of $n$ or more.",
    holds: () =>
      check(widthsOf(2), (widths) => {
        fc.pre(widths.at(-1)! < widths[0]!);
        const total = (strategy: string): number => {
          const { fma, primalFma } = predictCost(buildShape({ widths }), { strategy });
          return fma + primalFma;
        };
        const reverse = total("reverse");
        for (const other of [
          "forward",
          "finite-differences-forward",
          "finite-differences-central",
          "complex-step",
        ])
          expect(total(other), other).toBeGreaterThan(reverse);
      }),
  },
  {
    lesson: "02-n-jvps-or-m-vjps",
    says: "Counted so, the ratio of the two is $n/m$, whatever stands between, and the side with fewer seeds wins.",
    holds: () =>
      check(fc.tuple(widthsOf(2), activationOf), ([widths, activation]) => {
        const [forward, reverse] = modes(buildShape({ widths, activation }), "dense");
        expect(forward * widths.at(-1)!).toBe(reverse * widths[0]!);
      }),
  },
  {
    lesson: "02-n-jvps-or-m-vjps",
    says: "With seeds read it need not: a wide layer is free where its columns are read, and expensive on the other side.",
    holds: () => {
      const lopsided = buildShape({ widths: [110, 1000, 10, 100] });
      expect(modes(lopsided, "dense")).toEqual([13_310_000, 12_100_000]);
      expect(modes(lopsided, "read")).toEqual([1_210_000, 12_000_000]);
    },
  },
  {
    lesson: "05-skip-connections",
    says: "Without skips the cheapest plan saves more than three quarters by either count. With skips it saves less than one fifth with nothing at hand, and nothing with the matrices at hand.",
    holds: () => {
      const saved = (kind: "plain" | "skip", convention: Convention): number => {
        const shape = blocksOf(kind, 3);
        return 1 - plan(shape, convention) / fromTheRight(shape, convention);
      };
      expect(Math.min(saved("plain", "given"), saved("plain", "matrix-free"))).toBeGreaterThan(0.75);
      expect(saved("skip", "matrix-free")).toBeGreaterThan(0);
      expect(saved("skip", "matrix-free")).toBeLessThan(0.2);
      expect(saved("skip", "given")).toBe(0);
    },
  },
  {
    lesson: "05-skip-connections",
    says: "About a third less with nothing at hand, and nearly two fifths with the matrices",
    holds: () => {
      expect(61_552 / plan(blocksOf("skip", 3), "matrix-free")).toBeCloseTo(2 / 3, 1);
      const left = 56_128 / plan(blocksOf("skip", 3), "given");
      expect(left).toBeGreaterThan(0.6);
      expect(left).toBeLessThan(0.63);
    },
  },
  {
    lesson: "05-skip-connections",
    says: "exactly where $hK < w\\,(1 + 1/h)$, for $K > 1$: with blocks like these up to 19 of them.",
    holds: () => {
      const [w, h] = [64, 4];
      const carried = (K: number): number => h * w * K + w * h ** 2 * K * (K - 1) + w ** 2 * h * K + w;
      const pays = (K: number): boolean => carried(K) < fromTheRight(blocksOf("skip", K), "given");
      expect([2, 19, 20, 40].map(pays)).toEqual([true, true, false, false]);
    },
  },
  {
    lesson: "06-beyond-both-modes",
    says: "So the optimum is never more expensive than either, as long as all three are counted with the same things at hand.",
    holds: () => {
      check(fc.tuple(widthsOf(2), activationOf), ([widths, activation]) => {
        const shape = buildShape({ widths, activation });
        for (const convention of ["given", "matrix-free"] as const) {
          const { tangentFma, adjointFma } = homogeneousCosts(elementalsOf(shape, convention));
          expect(plan(shape, convention)).toBeLessThanOrEqual(Math.min(tangentFma!, adjointFma!));
        }
      });
      // Across conventions it is not so.
      const across = buildShape({ widths: [50, 40, 30] });
      expect(plan(across, "matrix-free")).toBeGreaterThan(fromTheRight(across, "given"));
    },
  },
  {
    lesson: "06-beyond-both-modes",
    says: "With nothing at hand no plan of this kind is cheaper, because each has to go through every layer at least once, for $|E_i|$ each.",
    holds: () => {
      check(fc.tuple(widthsOf(2), activationOf), ([widths, activation]) => {
        const shape = buildShape({ widths, activation, loss: "softmaxCrossEntropy" });
        expect(plan(shape, "matrix-free")).toBe(predictCost(shape, { strategy: "reverse" }).fma);
      });
      // With matrices at hand there are chains with m = 1 and a cheaper plan than products from the left.
      const narrow = elementalsOf(buildShape({ widths: [2, 30, 1, 30, 1] }), "given");
      expect(planChain(narrow).fma).toBeLessThan(homogeneousCosts(narrow).adjointFma!);
    },
  },
  {
    lesson: "06-beyond-both-modes",
    says: "| all from one side | $w^2 (2h + w)$ | $2 w^2 (h + w)$ |",
    holds: () =>
      check(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 })), ([w, h]) => {
        for (const [convention, fma] of [
          ["given", w ** 2 * (2 * h + w)],
          ["matrix-free", 2 * w ** 2 * (h + w)],
        ] as const) {
          const { tangentFma, adjointFma } = homogeneousCosts(elementalsOf(bottleneck(w, h), convention));
          expect([tangentFma, adjointFma]).toEqual([fma, fma]);
        }
      }),
  },
  {
    lesson: "06-beyond-both-modes",
    says: "| the mixed plan | $3 w^2 h$ | $w h\\,(3w + 2h)$ |",
    holds: mixedPlan,
  },
  {
    lesson: "06-beyond-both-modes",
    says: "With matrices at hand this mixed plan is the cheapest for every $h < w$; with nothing at hand up to $h \\approx 0.62\\,w$, and from there up to $w$ another one",
    holds: mixedPlan,
  },
  {
    lesson: "06-beyond-both-modes",
    says: "The gain is large where the place is narrow, and about twice as large with nothing at hand. So a gain without its convention says little.",
    holds: () => {
      expect(gain(512, 8, "given").toFixed(1)).toBe("22.0");
      expect(gain(512, 8, "matrix-free").toFixed(1)).toBe("42.9");
      expect((gain(2000, 2, "given") * 3 * 2) / 2000).toBeCloseTo(1, 2);
      expect((gain(2000, 2, "matrix-free") * 3 * 2) / (2 * 2000)).toBeCloseTo(1, 2);
    },
  },
  {
    lesson: "06-beyond-both-modes",
    says: "Such a search says nothing of widths that it did not try. Indeed, above the outer width the curves part again",
    holds: () => {
      expect(switchWidth((h) => elementalsOf(bottleneck(200, h), "given"), 200)).toBe(199);
      expect([200, 201, 300].map((h) => gain(200, h, "given") > 1)).toEqual([false, true, true]);
    },
  },
  {
    lesson: "06-beyond-both-modes",
    says: "close below the switch it saves less than one per cent.",
    holds: () => {
      expect(gain(200, 199, "given")).toBeGreaterThan(1);
      expect(gain(200, 199, "given")).toBeLessThan(1.01);
    },
  },
  {
    lesson: "06-beyond-both-modes",
    says: "The command advises a mixed plan only where it saves 2 % or more.",
    holds: () => {
      const advised = (h: number): string => {
        const factors = elementalsOf(bottleneck(200, h), "given");
        const input = {
          convention: "given",
          plan: planChain(factors),
          costs: homogeneousCosts(factors),
        } as const;
        return explainPlan(input).strategy;
      };
      // (2h + w) / 3h is 1 / 0.98 between h = 188 and h = 189.
      expect([50, 188].map((h) => advised(h))).not.toContain("forward");
      expect([189, 199, 200].map((h) => advised(h))).toEqual(["forward", "forward", "forward"]);
    },
  },
  {
    lesson: "06-beyond-both-modes",
    says: "finds the cheapest plan of JVPs, VJPs and products of dense Jacobians for a framework (nothing at hand)",
    holds: () =>
      check(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 })), ([w, h]) => {
        fc.pre(h < w);
        const { cheapest } = frameworkPlans(bottleneck(w, h));
        const [pure, cut] = [2 * w ** 2 * (h + w), w * h * (3 * w + 2 * h)];
        const pushed = (h + w) * w * (h + w);
        expect(cheapest.fma).toBe(Math.min(pure, cut, pushed));
      }),
  },
];

test.each(CLAIMS)("$lesson: $says", ({ lesson, says, holds }) => {
  const source = readFileSync(join(REPOSITORY, `notebooks/source/${lesson}.md`), "utf8");
  expect(source.replace(/\s+/g, " ")).toContain(says);
  holds();
});
