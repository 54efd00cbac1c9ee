/** @file Numbers by name: each equals the analysis, each has one valid name, and none is missing. */

import { describe, expect, it } from "vitest";
import { mystSubstitutions, texMacros } from "../../analysis/embed/number-formats.ts";
import { nameOf, uniqueName } from "../../analysis/embed/number-names.ts";
import { statedNumbers } from "../../analysis/embed/numbers.ts";
import type { StatedNumber } from "../../analysis/embed/stated-number.ts";
import { aaCheck } from "../../analysis/laws/aa.ts";
import { choosingCost } from "../../analysis/laws/choosing.ts";
import { crossover } from "../../analysis/laws/crossover.ts";
import { fitFixedCost } from "../../analysis/laws/fixed-cost.ts";
import { variantPairs } from "../../analysis/laws/pairs.ts";
import { fitPowerLaw } from "../../analysis/laws/power-law.ts";
import { verdicts } from "../../analysis/laws/verdict.ts";
import { plain } from "../../analysis/report/blocks.ts";
import { reportContent } from "../../analysis/report/content.ts";
import { formatPercent, formatSeconds } from "../../analysis/text.ts";
import { syntheticResults, variantOf } from "../support/synthetic-results.ts";

const results = syntheticResults({ secondsPerProduct: 5e-7, experiment: "scaling" });
const numbers = statedNumbers(results);
const by = (name: string, list: readonly StatedNumber[] = numbers): StatedNumber =>
  list.find((number) => number.name === name) ?? expect.fail(`no number is named ${name}`);

describe("statedNumbers", () => {
  it("gives the crossover with its interval, with and without preparation", () => {
    const found = crossover(results, variantPairs(results)[0]!);
    for (const [name, place] of [
      ["crossoverTyped", found.products],
      ["crossoverTypedWithPreparation", found.withPreparation],
    ] as const) {
      if (place.kind !== "found") return expect.fail("a crossover is there");
      expect(by(name)).toMatchObject({ text: place.ratio.estimate.toFixed(2), value: place.ratio.estimate });
      expect(by(`${name}Low`)).toMatchObject({
        text: place.ratio.interval95![0].toFixed(2),
        value: place.ratio.interval95![0],
      });
      expect(by(`${name}High`).value).toBe(place.ratio.interval95![1]);
    }
  });

  it("gives exponents and fixed costs of every variant", () => {
    for (const [strategy, name] of [
      ["forward", "ForwardTyped"],
      ["reverse", "ReverseTyped"],
    ] as const) {
      const law = fitPowerLaw(results, { strategy });
      for (const [regressor, word] of [
        ["n", "N"],
        ["m", "M"],
        ["sigma", "Sigma"],
      ] as const) {
        const { estimate, interval95 } = law.exponents[regressor]!;
        expect(by(`exponent${word}${name}`).value).toBe(estimate);
        expect(Number(by(`exponent${word}${name}`).text.replace("−", "-"))).toBeCloseTo(estimate, 2);
        expect(by(`exponent${word}${name}Low`).value).toBe(interval95![0]);
        expect(by(`exponent${word}${name}High`).value).toBe(interval95![1]);
      }
      const cost = fitFixedCost(results, { strategy })!;
      expect(by(`fixedCost${name}`)).toMatchObject({
        text: formatSeconds(cost.secondsPerProduct.estimate),
        value: cost.secondsPerProduct.estimate,
      });
      expect(by(`fmaCost${name}`).value).toBe(cost.secondsPerFma.estimate);
    }
    expect(by("numberOfCases")).toMatchObject({ text: "27", value: 27 });
    expect(by("numberOfMeasurements").value).toBe(results.measurements.length);
  });

  it("gives verdicts, and what choosing by n < m costs", () => {
    for (const verdict of verdicts(results)) {
      const name = verdict.variant.mode === "forward" ? "ForwardTyped" : "ReverseTyped";
      expect(by(`verdict${name}`)).toMatchObject({ text: verdict.status, value: null });
      if (verdict.asymptoticSigma !== null)
        expect(by(`asymptoticSigma${name}`).value).toBe(verdict.asymptoticSigma);
    }
    const cost = choosingCost(results, variantPairs(results)[0]!)!;
    expect(by("choosingMedianTyped").value).toBe(cost.medianExcess);
    expect(by("choosingWorstTyped")).toMatchObject({
      text: formatPercent(cost.worstExcess),
      value: cost.worstExcess,
    });
  });

  it("rounds no number differently from the value that it stands for", () => {
    const plainNumbers = numbers.filter(({ text, value }) => value !== null && /^-?\d+\.\d+$/.test(text));
    expect(plainNumbers.length).toBeGreaterThan(20);
    for (const { text, value } of plainNumbers) {
      const digits = text.split(".")[1]!.length;
      expect(Math.abs(Number(text) - value!)).toBeLessThanOrEqual(0.5000001 * 10 ** -digits);
    }
  });

  it("names every number in the tables of the report, as it is printed there", () => {
    const tables = reportContent(results)
      .sections.flatMap(({ blocks }) => blocks)
      .filter((block) => block.kind === "table")
      .filter(({ id }) => !/^(environment|cost)/.test(id));
    expect(tables.length).toBeGreaterThan(1);
    const printed = tables.flatMap(({ rows }) =>
      rows.flatMap((row) =>
        row.filter(({ sort }) => typeof sort === "number").map(({ text }) => plain(text)),
      ),
    );
    const given = numbers.filter(({ name }) => name.startsWith("table")).map(({ text }) => text);
    expect(given).toEqual(printed);
    expect(given.length).toBeGreaterThan(5);
  });

  it("says none where there is no crossover", () => {
    const slow = syntheticResults({
      law: ({ sigma, n, m }, { mode }) => 1e-9 * sigma * (mode === "forward" ? 900 * n : m),
    });
    const number = by("crossoverTyped", statedNumbers(slow));
    expect(number).toMatchObject({ text: "none", value: null });
    expect(number.meaning).toMatch(/none within n\/m ∈ \[0\.0625, 16\]; reverse always faster/);
  });

  it("has no ends of intervals in a quick run", () => {
    const quick = statedNumbers(syntheticResults({ quick: true }));
    expect(by("crossoverTyped", quick).value).not.toBeNull();
    expect(quick.filter(({ name }) => /(Low|High)$/.test(name))).toEqual([]);
  });

  it("gives the A/A check", () => {
    const same = syntheticResults({
      variants: [variantOf("forward", { label: "a" }), variantOf("forward", { label: "b" })],
      widths: [[4, 16, 16, 8]],
      repetitions: 4,
    });
    const check = aaCheck(same)!;
    expect(by("sameAgainstSameCovering", statedNumbers(same)).value).toBe(check.covering);
    expect(by("sameAgainstSameDeviation", statedNumbers(same)).text).toBe(check.meanAbsDeviation.toFixed(4));
  });

  it("gives each number one name of letters, whatever the labels, the same for the same results", () => {
    const odd = syntheticResults({
      variants: [
        variantOf("forward", { label: "数 1" }),
        variantOf("forward", { label: "数学 1", kernel: "reference" }),
        variantOf("forward-blocked", { label: "forward-blocked[8] \\}{ %", blockSize: 8 }),
        variantOf("reverse-blocked", { label: "reverse-blocked[8]", blockSize: 8 }),
        variantOf("reverse", { label: "Ünï" }),
      ],
    });
    for (const list of [numbers, statedNumbers(odd), statedNumbers(odd, ["64-bit"])]) {
      for (const { name } of list) expect(name).toMatch(/^[a-z][A-Za-z]*$/);
      expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
    }
    expect(by("crossoverBlockedEightPercentTyped", statedNumbers(odd)).value).not.toBeNull();
    expect(statedNumbers(structuredClone(odd))).toEqual(statedNumbers(odd));
    for (const { name } of statedNumbers(odd, ["64-bit"])) expect(name).toMatch(/^sixFourBit[A-Z]/);
  });
});

describe("names", () => {
  it("are camel case of letters", () => {
    expect(nameOf(["crossover", "forward-blocked[8]", "typed"])).toBe("crossoverForwardBlockedEightTyped");
    expect(nameOf(["FMA predicted", "64"])).toBe("fmaPredictedSixFour");
    expect(nameOf(["n·Σ", "5 %"])).toBe("nSigmaFivePercent");
    expect(nameOf(["Ünï", "数"])).toBe("uni");
    expect(nameOf(["数"])).toBe("");
  });

  it("get a letter where they are taken", () => {
    const taken = new Set<string>();
    const names = Array.from({ length: 30 }, () => uniqueName("a", taken));
    expect(names.slice(0, 3)).toEqual(["a", "aB", "aC"]);
    expect(names.at(-1)).toBe("aBD");
    expect(new Set(names).size).toBe(30);
  });
});

describe("files", () => {
  const odd: StatedNumber[] = [
    { name: "interval", text: "-0.01 [-0.04, 0.02]", value: null, meaning: "100 % \\end" },
    { name: "time", text: "1.25 µs", value: 1.25e-6, meaning: "a time" },
    { name: "share", text: "±5 %", value: null, meaning: "a share" },
    { name: "words", text: "{{ x }} #1_2", value: null, meaning: "words" },
  ];

  it("holds TeX macros with every number, escaped", () => {
    const file = texMacros(results, numbers);
    for (const { name, value, text } of numbers) {
      const line = file.split("\n").find((one) => one.startsWith(`\\newcommand{\\${name}}`))!;
      if (value !== null && /^-?[\d.]+$/.test(text)) {
        expect(line.replace("\\ensuremath{-}", "-")).toBe(`\\newcommand{\\${name}}{${text}}`);
      }
    }
    expect(file.match(/\\newcommand/g)).toHaveLength(numbers.length);
    expect(texMacros(results, odd).split("\n").slice(2)).toEqual([
      "% 100 % \\end",
      "\\newcommand{\\interval}{\\ensuremath{-}0.01 [\\ensuremath{-}0.04, 0.02]}",
      "% a time",
      "\\newcommand{\\time}{1.25~\\ensuremath{\\mu}s}",
      "% a share",
      "\\newcommand{\\share}{\\ensuremath{\\pm}5~\\%}",
      "% words",
      "\\newcommand{\\words}{\\{\\{ x \\}\\} \\#1\\_2}",
      "",
    ]);
  });

  it("holds MyST substitutions with every number, as YAML that JSON reads line by line", () => {
    const lines = mystSubstitutions(results, numbers).trim().split("\n");
    expect(lines.slice(2, 4)).toEqual(["myst:", "  substitutions:"]);
    const entries = lines.slice(4).map((line) => /^ {4}(\w+): (".*")$/.exec(line)!);
    expect(entries.map(([, name]) => name)).toEqual(numbers.map(({ name }) => name));
    const texts = entries.map(([, , text]) =>
      JSON.parse(text!).replace(/&#(\d+);/g, (_: string, code: string) => String.fromCharCode(Number(code))),
    );
    expect(texts).toEqual(numbers.map(({ text }) => text));
    expect(mystSubstitutions(results, odd)).not.toMatch(/\{\{/);
  });
});
