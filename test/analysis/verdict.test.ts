/** @file Verdicts on machines whose law is known: right ones confirmed, wrong ones refuted, poor data inconclusive. */

import { describe, expect, it } from "vitest";
import type { AnyResults } from "../../analysis/config.ts";
import { type Verdict, verdicts } from "../../analysis/laws/verdict.ts";
import { DEFAULT_RULE, verdictRule } from "../../analysis/laws/verdict-rule.ts";
import { verdictWords } from "../../analysis/laws/verdict-words.ts";
import { createRandom } from "../../src/random.ts";
import type { CaseRecord, VariantRecord } from "../../src/results/types.ts";
import {
  gridWidths,
  type SyntheticOptions,
  syntheticResults,
  variantOf,
} from "../support/synthetic-results.ts";

const GRID = gridWidths([8, 20, 50, 128], [8, 20, 50, 128], [64, 128, 256]);
const own = ({ n, m }: CaseRecord, { mode }: VariantRecord) => (mode === "forward" ? n : m);
const judged = (options: SyntheticOptions): Verdict[] =>
  verdicts(syntheticResults({ widths: GRID, ...options }));
const statuses = (options: SyntheticOptions) => judged(options).map(({ status }) => status);
const first = (options: SyntheticOptions) => {
  const [verdict] = judged(options);
  return { verdict: verdict!, words: verdictWords(verdict!) };
};

/** Results with every sample changed. */
function changed(
  results: AnyResults,
  factor: (row: AnyResults["measurements"][number], index: number) => number,
) {
  return {
    ...results,
    measurements: results.measurements.map((row, index) => ({
      ...row,
      samples: row.samples.map((seconds) => seconds * factor(row, index)),
    })),
  };
}

describe("a right claim", () => {
  it.each([1, 2, 3, 4, 5])("is confirmed in both modes (noise %d)", (rngSeed) => {
    expect(statuses({ rngSeed })).toEqual(["confirmed", "confirmed"]);
  });

  it("is confirmed with a fixed cost, stated with its interval and where it ends to matter", () => {
    const { verdict, words } = first({ law: (c, v) => own(c, v) * (1e-5 + 1e-9 * c.sigma) });
    expect(verdict.status).toBe("confirmed");
    expect(words.headline).toMatch(
      /^confirmed, with a fixed cost α = (9|10)\.\d+ µs \[\d+\.\d+ µs, 10\.\d+ µs\] per product; asymptotic from Σ ≈ (18|19|20)0\u202f000$/,
    );
    expect(words.reasons.join(" ")).toMatch(
      /n \(1\.00\d? .* lie within ±0.05 of 1 and 0, the fixed cost taken into account/,
    );
    expect(words.remedies).toEqual([]);
  });

  it("is confirmed with a huge fixed cost, which says that Σ was measured far below its asymptote", () => {
    const { verdict, words } = first({ law: (c, v) => own(c, v) * (1e-3 + 1e-9 * c.sigma) });
    expect(verdict.status).toBe("confirmed");
    expect(words.headline).toMatch(/asymptotic from Σ ≈ \d+\u202f000\u202f000, beyond what was measured$/);
    expect(verdict.asymptoticSigma!).toBeGreaterThan(1e7);
  });

  it("is inconclusive where the fixed cost hides Σ altogether", () => {
    const { verdict, words } = first({ law: (c, v) => own(c, v) * (1 + 1e-9 * c.sigma) });
    expect(verdict.status).toBe("inconclusive");
    expect(words.headline).toMatch(/the exponent of Σ is .* may be 0, so that its cost is not seen/);
  });

  it("is confirmed as an upper bound where large chains are cheaper by the FMA", () => {
    const { words } = first({
      noise: { case: 0.01, process: 0.01, round: 0.01 },
      law: (c, v) => own(c, v) * 1e-9 * c.sigma ** 0.8,
    });
    expect(words.headline).toBe("confirmed as an upper bound");
    expect(words.reasons.join(" ")).toMatch(
      /lies below 1; a fixed cost per product describes that less well than a power of Σ/,
    );
  });

  it.each([1, 2, 3])(
    "is still confirmed among outliers, one measurement in twelve many times too slow (%d)",
    (k) => {
      const random = createRandom(k);
      const spoilt = changed(syntheticResults({ widths: GRID, rngSeed: k }), () =>
        random.uniform() < 1 / 12 ? 2 + 6 * random.uniform() : 1,
      );
      expect(verdicts(spoilt).map(({ status }) => status)).toEqual(["confirmed", "confirmed"]);
    },
  );

  it("is still confirmed under drift: the machine slows down by half from first to last round", () => {
    const drifting = changed(syntheticResults({ widths: GRID }), ({ round }) => 1 + 0.5 * (round / 15));
    expect(verdicts(drifting).map(({ status }) => status)).toEqual(["confirmed", "confirmed"]);
  });

  it.each([0, 1, 2, 3, 4, 5])("is inconclusive, not refuted, in heavy noise (%d)", (rngSeed) => {
    for (const noise of [
      { case: 0.6, process: 0.1, round: 0.1 },
      { case: 0.1, process: 0.5, round: 2 },
    ]) {
      for (const verdict of judged({ rngSeed, noise })) {
        expect(verdict.status).toBe("inconclusive");
        const { remedies } = verdictWords(verdict);
        expect(remedies[0]).toMatch(
          noise.round > 1 ? /More rounds and processes, or a quieter machine/ : /More cases would help/,
        );
      }
    }
  });
});

describe("a wrong claim", () => {
  it.each<[string, SyntheticOptions["law"], RegExp]>([
    ["n^1.2·Σ", (c, v) => 1e-9 * own(c, v) ** 1.2 * c.sigma, /the exponent of n is 1\.2\d* .*not 1 ± 0\.05/],
    ["n^0.9·Σ", (c, v) => 1e-9 * own(c, v) ** 0.9 * c.sigma, /the exponent of n is 0\.9\d* .*not 1 ± 0\.05/],
    [
      "n + m products sold as n",
      (c) => 1e-9 * (c.n + c.m) * c.sigma,
      /\(n\+m\)·Σ predicts left-out cases better than n·Σ/,
    ],
    ["the cheaper mode sold as forward", (c) => 1e-9 * Math.min(c.n, c.m) * c.sigma, /exponent of m/],
    [
      "n·Σ^1.2",
      (c, v) => 1e-10 * own(c, v) * c.sigma ** 1.2,
      /the exponent of Σ is 1\.\d+ .*above 1 \+ 0\.05/,
    ],
    [
      "n^1.2·(α + β·Σ)",
      (c, v) => own(c, v) ** 1.2 * (1e-5 + 1e-9 * c.sigma),
      /the exponent of n is 1\.[12]\d+ .*not 1 ± 0\.05/,
    ],
  ])("is refuted: %s", (_, law, reason) => {
    const { verdict, words } = first({ law: law! });
    expect(verdict.status).toBe("refuted");
    expect(words.headline).toMatch(/^refuted: /);
    expect(words.headline).toMatch(reason);
  });

  it("is refuted where only the largest chains grow too fast", () => {
    const law = (c: CaseRecord, v: VariantRecord) =>
      1e-9 * own(c, v) * c.sigma * Math.max(1, c.sigma / 130_000) ** 1.5 * (c.sigma < 25_000 ? 1.25 : 1);
    const { verdict, words } = first({ law, noise: { case: 0.02, process: 0.02, round: 0.02 } });
    expect(verdict.judgements.map(({ outcome }) => outcome)).not.toContain("outside");
    expect(verdict.status).toBe("refuted");
    expect(words.headline).toMatch(
      /^refuted: between Σ = 135\u202f168 and 196\u202f608 the exponent of Σ is [23]\./,
    );
  });

  it("is refuted with read unit seeds sold as dense, and the other way round", () => {
    const reading = (c: CaseRecord) => 1e-9 * c.n * (c.sigma - c.n * c.widths[1]!);
    const dense = first({ law: reading });
    expect(dense.verdict.status).toBe("refuted");
    expect(dense.verdict.selection!.pure.standing.map(({ symbol }) => symbol)).toEqual(["n·(Σ − n·d_1)"]);
    const variants = [variantOf("forward", { label: "forward (read)", unitSeeds: "read" })];
    expect(first({ law: reading, variants }).verdict.status).toBe("confirmed");
    const sold = first({ law: (c) => 1e-9 * c.n * c.sigma, variants });
    expect(sold.verdict.status).toBe("refuted");
    expect(sold.words.claim).toBe("t ∝ n·(Σ − n·d_1)");
    expect(sold.words.law).toMatch(/^t ∝ n·\(Σ − n·d_1\) · n\^/);
  });
});

describe("too little to judge", () => {
  it.each<[string, SyntheticOptions, RegExp, RegExp]>([
    [
      "a quick run",
      { quick: true },
      /a quick run/,
      /A full run would help: at least 15 rounds in 5 processes/,
    ],
    ["rounds", { rounds: 10 }, /10 rounds, where intervals hold from 15/, /At least 15 rounds would help/],
    ["processes", { processes: 3 }, /3 processes, where intervals hold from 5/, /At least 5 processes/],
    [
      "cases",
      { widths: GRID.filter((_, i) => i % 7 === 0) },
      /7 cases, where intervals hold from 8/,
      /At least 8/,
    ],
    [
      "n and m that move together",
      { widths: GRID.filter(([n, , , , m]) => n === m) },
      /unidentifiable, collinear design: n and m move together over the 12 cases/,
      /vary independently of each other/,
    ],
    [
      "n, m and Σ that move together",
      { widths: [4, 8, 16, 32, 64, 128, 256].map((k) => [k, 2 * k, k]) },
      /unidentifiable, collinear design: n, m and Σ move together/,
      /vary independently/,
    ],
  ])("is inconclusive: %s", (_, options, why, help) => {
    const { verdict, words } = first(options);
    expect(verdict.status).toBe("inconclusive");
    expect(words.headline).toMatch(why);
    expect(words.remedies.join(" ")).toMatch(help);
  });

  it("says what a design does not test", () => {
    const { words } = first({ widths: gridWidths([32], [12], [16, 32, 64, 96, 128, 192, 256, 384]) });
    expect(words.headline).toBe("confirmed for Σ (n and m do not vary here)");
  });

  it("gives one exponent for n·Σ where n is the number of parameters, which moves with Σ in every design", () => {
    const variants = [variantOf("forward", { label: "forward-parameters", withRespectTo: "parameters" })];
    const law = ({ parameters, sigma }: CaseRecord) => 1e-9 * parameters * sigma;
    const { verdict, words } = first({ variants, law });
    expect(verdict.status).toBe("inconclusive");
    expect(words.reasons[0]).toMatch(/^As one: t ∝ \(n·Σ\)\^1\.00\d? \[/);
    expect(words.remedies).toEqual([
      "No grid can help: the number of parameters is Σ and the biases, and moves with it.",
    ]);
  });

  it("judges nothing where nothing is claimed or nothing varies", () => {
    const differences = first({ variants: [variantOf("finite-differences-forward")] });
    expect(differences.verdict.status).toBe("none");
    expect(differences.words.headline).toMatch(/neither forward nor reverse claims nothing/);
    const same = first({
      widths: [
        [8, 10, 20, 4],
        [8, 20, 10, 4],
        [8, 15, 15, 4],
      ],
    });
    expect(same.verdict.status).toBe("none");
    expect(same.words.headline).toMatch(
      /neither n nor m nor Σ varies; the times of the 3 differ by a factor of 1\.\d+/,
    );
  });

  it("claims nothing of single layers with read unit seeds, whose products cost nothing", () => {
    const variants = [variantOf("forward", { label: "forward (read)", unitSeeds: "read" })];
    const widths = [4, 8, 16, 32].flatMap((n) => [8, 24, 60].map((m) => [n, m]));
    const { verdict, words } = first({ variants, widths, law: ({ n, sigma }) => 1e-9 * n * sigma });
    expect(verdict.status).toBe("none");
    expect(words.headline).toMatch(/a single layer costs nothing, so nothing is claimed/);
  });

  it("gets no measurement at all", () => {
    const results = syntheticResults({ widths: GRID.slice(0, 2), rounds: 1, processes: 1 });
    const [verdict] = verdicts({ ...results, measurements: [] });
    expect(verdict!.status).toBe("inconclusive");
    expect(verdictWords(verdict!).headline).toMatch(/no usable measurement/);
  });
});

describe("the rule", () => {
  it("is the config's, with defaults; least numbers can be raised, not lowered", () => {
    const results = syntheticResults({ widths: GRID.slice(0, 1), rounds: 1, processes: 1 });
    expect(verdictRule(results)).toEqual(DEFAULT_RULE);
    const config = { verdict: { tolerance: 0.2, minCases: 2, minRounds: 30, groups: "n" as const } };
    expect(verdictRule({ ...results, config })).toEqual({
      ...DEFAULT_RULE,
      tolerance: 0.2,
      minRounds: 30,
      groups: "n",
    });
  });

  it("decides: n^1.1·Σ is confirmed to ±0.2 and refuted to ±0.05; 48 cases are too few for one that wants 50", () => {
    const law: SyntheticOptions["law"] = (c, v) => 1e-9 * own(c, v) ** 1.1 * c.sigma;
    expect(statuses({ law })).toEqual(["refuted", "refuted"]);
    expect(statuses({ law, config: { verdict: { tolerance: 0.2 } } })).toEqual(["confirmed", "confirmed"]);
    expect(statuses({ config: { verdict: { minCases: 50 } } })).toEqual(["inconclusive", "inconclusive"]);
  });
});
