/** @file What a comparison with frameworks says: fixed costs found again, departures named by their causes, plans, sections. */

import { describe, expect, it } from "vitest";
import { chartById } from "../../analysis/charts/index.ts";
import type { AnyResults } from "../../analysis/config.ts";
import { type Sentence, sentenceText } from "../../analysis/laws/sentence.ts";
import { verdicts } from "../../analysis/laws/verdict.ts";
import { departureSentences } from "../../analysis/peers/departure.ts";
import { peerGroups, threadedTwin } from "../../analysis/peers/groups.ts";
import { fitOverhead } from "../../analysis/peers/overhead.ts";
import { planGains } from "../../analysis/peers/plan-section.ts";
import { threadGain } from "../../analysis/peers/rates.ts";
import { summarisePeers } from "../../analysis/peers/summary.ts";
import { plain } from "../../analysis/report/blocks.ts";
import { reportContent } from "../../analysis/report/content.ts";
import { reportMarkdown } from "../../analysis/report/markdown.ts";
import { covers } from "../../src/statistics/interval.ts";
import { KNOWN_WAYS, type KnownWay, PEERS_RESULTS, peersResults } from "../support/peers-results.ts";
import { syntheticResults } from "../support/synthetic-results.ts";

const QUIET = { case: 0, process: 0, round: 0 };

function variant(results: AnyResults, label: string) {
  return results.variants.find((one) => one.label === label)!;
}

describe("fixed cost a call", () => {
  it("is found again where there is one, for calls of one seed and of all", () => {
    for (const label of ["forward · Tape · 1 thread", "reverse · Tape · 1 thread"]) {
      const found = fitOverhead(PEERS_RESULTS, variant(PEERS_RESULTS, label))!;
      expect(found.isThere).toBe(true);
      expect(covers(found.secondsPerCall.interval95!, 1e-4)).toBe(true);
      expect(found.secondsPerCall.estimate / 1e-4).toBeCloseTo(1, 1);
      expect(found.secondsPerFma.estimate / 5e-10).toBeCloseTo(1, 0);
      expect(found.shareOfLeast).toBeGreaterThan(found.shareOfMost);
    }
    const exact = peersResults(
      [
        { ...KNOWN_WAYS[4]!, seeds: 1 },
        { ...KNOWN_WAYS[5]!, seeds: 1 },
      ],
      { noise: QUIET },
    );
    const found = fitOverhead(exact, exact.variants[0]!)!;
    expect(found.secondsPerCall.estimate).toBeCloseTo(3e-5, 9);
    expect(found.secondsPerFma.estimate).toBeCloseTo(4e-10, 14);
    expect(found.rest!.n).toBeCloseTo(1, 6);
    expect(found.rest!.sigma).toBeCloseTo(1, 6);
  });

  it("is none where there is none", () => {
    const found = fitOverhead(PEERS_RESULTS, variant(PEERS_RESULTS, "forward · ours typed · 1 thread"))!;
    expect(found.shareOfLeast).toBeLessThan(0.05);
    expect(found.secondsPerFma.estimate / 1e-9).toBeCloseTo(1, 1);
  });
});

const print = (sentences: readonly Sentence[]): string => sentences.map(sentenceText).join(" ");

describe("departures", () => {
  const sentences = (label: string): string =>
    print(departureSentences(PEERS_RESULTS, variant(PEERS_RESULTS, label)));

  it("none where the law holds", () => {
    expect(sentences("forward · ours typed · 1 thread")).toMatch(/^Its exponents are those of the law/);
  });

  it("a tape: Σ's exponent, and the cost a seed that bends it", () => {
    const text = sentences("reverse · Tape · 1 thread");
    expect(text).toMatch(/^It departs from the law: Σ\^0\.\d{2,} \[.*\] where Σ\^1 is claimed\./);
    expect(text).toMatch(/A call \(one seed\) costs (9\d\.\d|10\d) µs/);
    expect(text).not.toContain("vectorised");
    expect(text).not.toContain("fill the processor");
  });

  it("a vectorised mode: the exponent of its seeds, its rate at few and many, its threads", () => {
    const text = sentences("forward · JAX jit · 1 thread");
    expect(text).toMatch(/n\^0\.[2-6]\d \[.*\] where n\^1 is claimed/);
    expect(text).toMatch(/A call \(all seeds at once\) costs/);
    expect(text).toMatch(
      /fill the processor better the more there are: .* GFMA\/s with 8 seeds, .* with 128/,
    );
    expect(text).toMatch(
      /All cores are 0\.[5-9]\d times as fast as one thread in the chain of least work, 1\.\d\d times/,
    );
  });

  it("says that the rate does not depend on the seeds where it does not", () => {
    const even = peersResults([{ ...KNOWN_WAYS[4]!, seeds: 1 }], { noise: QUIET });
    expect(print(departureSentences(even, even.variants[0]!))).toMatch(
      /Its rate hardly depends on the number of seeds/,
    );
    const worse = peersResults([{ ...KNOWN_WAYS[4]!, seeds: 1.3 }], { noise: QUIET });
    expect(print(departureSentences(worse, worse.variants[0]!))).toMatch(
      /Its rate falls with the number of seeds/,
    );
  });

  it("threads: the gain is that of the known laws", () => {
    const one = variant(PEERS_RESULTS, "forward · JAX jit · 1 thread");
    const all = threadedTwin(PEERS_RESULTS, one)!;
    expect(all.label).toBe("forward · JAX jit · all cores");
    expect(threadedTwin(PEERS_RESULTS, all)).toBeNull();
    const gain = threadGain(PEERS_RESULTS, one, all)!;
    expect(gain.least).toBeLessThan(1);
    expect(gain.most).toBeGreaterThan(1.3);
  });
});

describe("the report", () => {
  const content = reportContent(PEERS_RESULTS);

  it("gives no verdict on any framework, and a finding for each with both exponents and its crossover", () => {
    expect(content.verdicts).toEqual([]);
    expect(verdicts(PEERS_RESULTS).map(({ status }) => status)).toEqual(KNOWN_WAYS.map(() => "none"));
    const names = peerGroups(PEERS_RESULTS).map(({ name }) => name);
    expect(content.findings.map(({ name }) => name)).toEqual(["Overall", ...names]);
    expect(content.findings[0]!.text).toMatch(
      / is 1\.00 where they go one by one, 0\.\d\d to 0\.\d\d \(.*\) where they are one vectorised call; 1 is/,
    );
    expect(content.findings[1]!.text).toMatch(
      /^forward t ∝ n\^\d\.\d{2,} \[.*\] · Σ\^\d\.\d{2,} \[.*\], reverse t ∝ m\^.*; crossover n\/m = [01]\.\d{2,} \[/,
    );
  });

  it("has its sections, and none that speaks of counted FMA", () => {
    const ids = content.sections.map(({ id }) => id);
    expect(ids).toEqual([
      ...[
        "answer",
        "findings",
        "charts",
        "participants",
        "proof",
        "exponents",
        "departures",
        "overhead",
        "crossover",
      ],
      ...["times", "warnings", "method", "environment", "config", "reproduce"],
    ]);
    const page = reportMarkdown(PEERS_RESULTS, [], []);
    expect(page).not.toMatch(/undefined|NaN|\[object|npm run sweep/);
    expect(page).toContain("npm run peers");
  });

  it("names who was absent, refused or failed, with the command, and hostile texts as texts", () => {
    const [first, ...others] = PEERS_RESULTS.peers!.peers;
    const spoilt: AnyResults = {
      ...PEERS_RESULTS,
      peers: {
        peers: [
          {
            ...first!,
            ways: [{ ...first!.ways[0]!, status: "refused", message: "it gives <script>alert(1)</script>" }],
          },
          ...others,
          {
            ...first!,
            peer: "pytorch",
            title: "PyTorch",
            status: "absent",
            message: "no module",
            install: "jacobench peers --setup torch",
            ways: [],
          },
        ],
      },
    };
    const page = reportMarkdown(spoilt, [], []);
    expect(page).toContain("absent: no module; install it with `jacobench peers --setup torch`");
    expect(page).toMatch(/refused; it gives/);
    expect(page).not.toContain("<script>");
    const lines = summarisePeers(spoilt);
    expect(lines.join("\n")).toContain("PyTorch: absent; install it with: jacobench peers --setup torch");
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
  });
});

describe("a plan", () => {
  const mixed = (way: string, name: string, alpha: number): KnownWay => ({
    ...{ name, peer: "jax", way, threads: 1, mode: null, vectorised: true, beta: 8e-11 },
    alpha,
  });
  const mode = (name: string): KnownWay[] =>
    (["forward", "reverse"] as const).map((one) => ({
      ...{ name, peer: "jax", threads: 1 as const, vectorised: true, alpha: 0, beta: 1e-10 },
      mode: one,
      way: `${one}-${name}`,
    }));
  const results = (): AnyResults => {
    const made = peersResults(
      [
        ...mode("JAX jit"),
        mixed("plan-jit", "JAX jit", 0),
        ...mode("JAX eager"),
        mixed("plan", "JAX eager", 3e-3),
      ],
      { widths: [[512, 512, 8, 512, 512]], noise: QUIET },
    );
    const plan = {
      fma: 6_356_992,
      forwardFma: 272_629_760,
      reverseFma: 272_629_760,
      code: { jax: "J = J2 @ J1" },
    };
    return {
      ...made,
      costs: made.costs.map((cost) =>
        cost.variant.startsWith("plan") ? { ...cost, fmaPredicted: plan.fma } : cost,
      ),
      peers: { ...made.peers!, plan },
    };
  };

  it("compares time ratios with FMA ratios, within each framework's own way of calling", () => {
    const gains = planGains(results());
    expect(gains.map(({ name }) => name)).toEqual(["JAX jit · 1 thread", "JAX eager · 1 thread"]);
    for (const { predicted } of gains) expect(predicted).toBeCloseTo(42.9, 1);
    expect(gains[0]!.gain.estimate).toBeCloseTo((512 * 1e-10) / 8e-11, 6);
    expect(gains[0]!.gain.interval95).not.toBeNull();
  });

  it("says whether the gain is seen, and what dispatch hides of it", () => {
    const content = reportContent(results());
    expect(content.findings.map(({ text }) => text.replace(/.*: /, ""))).toEqual([
      expect.stringMatching(/^seen, \d+ % of the predicted ratio$/),
      expect.stringMatching(/^seen in part, \d+ % of the predicted ratio$/),
    ]);
    const section = content.sections.find(({ id }) => id === "plan")!;
    const texts = section.blocks.flatMap((block) =>
      block.kind === "list" ? block.items.map(({ text }) => plain(text)) : [],
    );
    expect(texts).toEqual([
      expect.stringMatching(/^of its 3\.\d+ ms, 3 ms \(\d+ %\) are not there where .* jitted/),
    ]);
    expect(reportMarkdown(results(), [], [])).toContain("--plan 512,512,8,512,512");
  });
});

describe("the chart", () => {
  const findingOf = (results: AnyResults): string =>
    (chartById("peers").draw(results).usermeta as { jacobench: { finding: string } }).jacobench.finding;

  it("tells seeds one by one from vectorised ones, by the slopes", () => {
    const exact = (ways: readonly KnownWay[]): AnyResults => peersResults(ways, { noise: QUIET });
    const single = KNOWN_WAYS.slice(0, 2);
    const flat = KNOWN_WAYS.slice(4, 6).map((way) => ({ ...way, beta: 0 }));
    expect(findingOf(exact([...single, ...flat]))).toBe(
      "Time grows as the work to the power 1.00 where seeds go one by one, 0.00 where they are one vectorised call",
    );
    expect(findingOf(exact(single))).toMatch(
      /^Time grows as the work to the power 1\.00 where seeds go one by one$/,
    );
    expect(findingOf(exact(flat))).toMatch(
      /^Time grows as the work to the power 0\.00 where all seeds are one/,
    );
  });

  it("wants a comparison", () => {
    expect(chartById("peers").wants(syntheticResults())).toMatch(/jacobench peers/);
  });
});
