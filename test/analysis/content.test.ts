/** @file The report as data: every section in its place, tables that are whole, texts that are only texts. */

import { describe, expect, it } from "vitest";
import { type Block, cell, plain, type RichText, table } from "../../analysis/report/blocks.ts";
import { type ReportContent, reportContent } from "../../analysis/report/content.ts";
import { gridWidths, syntheticResults, variantOf } from "../support/synthetic-results.ts";

const results = syntheticResults({ secondsPerProduct: 2e-6, config: { notes: "A note." } });
const content = reportContent(results);
const section = (id: string, of: ReportContent = content) => of.sections.find((one) => one.id === id)!;
const textsOf = (block: Block): RichText[] => {
  switch (block.kind) {
    case "paragraph":
    case "note":
    case "copy":
      return [block.text];
    case "list":
      return block.items.flatMap(({ term, text }) => [term ?? "", text]);
    case "table":
      return [
        block.caption,
        ...block.columns.map(({ title }) => title),
        ...block.rows.flat().map(({ text }) => text),
      ];
    case "code":
      return [block.code];
    default:
      return [];
  }
};

describe("reportContent", () => {
  it("has its sections in order, the answer first", () => {
    expect(content.sections.map(({ id }) => id)).toEqual([
      "answer",
      "findings",
      "charts",
      "exponents",
      "sigma",
      "machine-model",
      "model-selection",
      "crossover",
      "cost",
      "warnings",
      "method",
      "paper",
      "environment",
      "config",
      "reproduce",
    ]);
    expect(section("findings").blocks.map(({ kind }) => kind)).toEqual(["paragraph", "verdicts"]);
    expect(section("charts").blocks).toEqual([{ kind: "charts", which: "others" }]);
  });

  it("has one sentence, one table and the first chart on its first screen, and folds what is long", () => {
    expect(section("answer").blocks.map(({ kind }) => kind)).toEqual(["paragraph", "table", "charts"]);
    const [first] = section("answer").blocks;
    expect(first?.kind === "paragraph" && plain(first.text)).toBe(content.answer);
    expect(content.answer).toMatch(
      /^Forward \(typed\), t ∝ n·Σ: confirmed, with a fixed cost α = [^;]* per product; reverse \(typed\), t ∝ m·Σ: confirmed[^;]*; reverse is faster above n\/m = 1\.\d+ \[[^;]*\]\.$/,
    );
    const isLong = ({ kind }: Block) => ["table", "list", "code", "copy", "verdicts"].includes(kind);
    for (const { id, blocks, folded = false } of content.sections) {
      if (id !== "answer") expect(folded, id).toBe(blocks.some(isLong));
    }
    expect(content.sections.filter(({ folded }) => folded).length).toBeGreaterThan(8);
  });

  it("answers by what the experiment is for: a special finding, counted claims, or what the first chart found", () => {
    const answer = (options: Parameters<typeof syntheticResults>[0]): string =>
      reportContent(syntheticResults(options)).answer;
    const again = [variantOf("forward", { label: "A" }), variantOf("forward", { label: "B" })];
    expect(answer({ widths: [[16, 32, 8]], variants: again, repetitions: 3 })).toMatch(
      /^\d of 3 intervals cover 1, .*\.$/,
    );
    const kernels = ["typed", "reference"].flatMap((kernel) =>
      (["forward", "reverse"] as const).map((strategy) =>
        variantOf(strategy, { kernel, label: `${strategy} · ${kernel}` }),
      ),
    );
    expect(answer({ variants: kernels })).toMatch(
      /^Of 4 claims \d are confirmed as far as they were tested( and \d (is|are) \w+)?\.$/,
    );
    // Two cases are no design for exponents.
    const few = { widths: gridWidths([4, 24], [6], [16]), config: { report: { charts: ["counted"] } } };
    expect(answer(few)).toMatch(/^An FMA takes .*\.$/);
    const { sections } = reportContent(syntheticResults(few));
    expect(sections.find(({ id }) => id === "answer")!.blocks).toContainEqual(
      expect.objectContaining({ kind: "table", id: "cost" }),
    );
    expect(sections.find(({ id }) => id === "cost")!.blocks.map(({ kind }) => kind)).not.toContain("table");
  });

  it("states verdicts with status, claim, law and reasons, and findings beside them", () => {
    expect(content.verdicts.map(({ status, claim }) => [status, claim])).toEqual([
      ["confirmed", "t ∝ n·Σ"],
      ["confirmed", "t ∝ m·Σ"],
    ]);
    expect(content.verdicts[0]!.headline).toMatch(/^confirmed, with a fixed cost α = /);
    expect(content.verdicts[0]!.law).toMatch(/^t ∝ n\^/);
    expect(content.findings).toHaveLength(1);
    expect(content.findings[0]!.text).toMatch(
      /^reverse is faster above n\/m = \d\.\d\d \[.*choosing by n < m costs \d+ % over the faster one in the median case, \d+ % in the worst\)$/,
    );
    expect([content.title, content.notes, content.quickNote]).toEqual([results.title, "A note.", null]);
  });

  it("has as many cells in each row as columns, unique ids, and numbers to sort by in columns of numbers", () => {
    const tables = content.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === "table"));
    const ids = [...tables, ...content.sections].map(({ id }) => id);
    expect(new Set(tables.map(({ id }) => id)).size).toBe(tables.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+$/);
    for (const { columns, rows } of tables) {
      for (const row of rows) {
        expect(row).toHaveLength(columns.length);
        for (const [j, { sort }] of row.entries()) {
          if (columns[j]!.align === "right") expect(typeof sort === "number" || sort === null).toBe(true);
          if (typeof sort === "number") expect(Number.isFinite(sort)).toBe(true);
        }
      }
    }
  });

  it("says nothing undefined, not a number, or an object", () => {
    const quick = syntheticResults({
      widths: gridWidths([3, 12], [4], [8, 32]),
      rounds: 2,
      processes: 1,
      quick: true,
    });
    const lone = syntheticResults({
      widths: [[3, 4, 2]],
      variants: [variantOf("complex-step")],
      rounds: 1,
      processes: 1,
    });
    const empty = { ...lone, measurements: [] };
    for (const one of [results, quick, lone, empty]) {
      const texts = reportContent(one)
        .sections.flatMap(({ blocks }) => blocks.flatMap(textsOf))
        .map(plain);
      expect(texts.join("\n")).not.toMatch(/undefined|NaN|\[object|Infinity/);
    }
  });

  it("explains the crossover by the machine models, beside the predicted 1", () => {
    const list = section("crossover").blocks.find((block) => block.kind === "list")!;
    expect(plain(textsOf(list)[1]!)).toMatch(
      /^By the machine models a reverse product takes \d\.\d\d times as long as a forward product, in the geometric mean over the cases \(α is/,
    );
    const [row] = section("crossover").blocks.flatMap((block) => (block.kind === "table" ? block.rows : []));
    expect(row!.map(({ text }) => plain(text)).join(" | ")).toMatch(
      /n\/m = 1 \| n\/m = \d\.\d{2,} \(\d\.\d{2,} to/,
    );
  });

  it("states its thresholds as the config sets them", () => {
    const strict = reportContent({
      ...results,
      config: { verdict: { tolerance: 0.01, refuteStandardErrors: 4 } },
    });
    const method = section("method", strict).blocks.flatMap(textsOf).map(plain).join(" ");
    expect(method).toMatch(/lies within ±0\.01 of the claimed one/);
    expect(method).toMatch(/by more than 4 standard errors/);
  });

  it("has a paragraph to copy that names machine, design, verdicts and crossover", () => {
    const copy = section("paper").blocks.find((block) => block.kind === "copy")!;
    const text = plain(textsOf(copy)[0]!);
    expect(text).toMatch(
      /^We timed .* jacobench 0\.1\.0 on Known Law 3000 with Node\.js v24\.21\.0\. 27 chains \(n 4 to 64, m 4 to 64, /,
    );
    expect(text).toMatch(/forward \(typed\), t ∝ n·Σ: confirmed, with a fixed cost/);
    expect(text).toMatch(/Crossover of forward and reverse: forward \/ reverse \(typed\): n\/m = /);
  });

  it("tells of a forecast where there was one", () => {
    const pilots = results.cases.slice(0, 5).map(({ id }) => id);
    const forecast = {
      model: {},
      predictions: results.cases.slice(5).map(({ id, n, sigma }) => ({
        case: id,
        variant: "forward",
        seconds: n * (2e-6 + 1e-9 * sigma),
        interval95: null,
      })),
      experiment: "synthetic",
      configHash: "0",
      machine: "synthetic",
      madeAt: "2026-11-24T05:01:00.000Z",
      pilots,
      measurements: 150,
      journalSha256: "ab".repeat(32),
      file: "forecast.json",
      sha256: "cd".repeat(32),
    };
    const told = reportContent({ ...results, forecast });
    expect(told.findings.at(-1)!.name).toBe("Forecast");
    expect(told.findings.at(-1)!.text).toMatch(
      /^2[12] of 22 times that were predicted before they were measured/,
    );
    const text = section("forecast", told).blocks.flatMap(textsOf).map(plain).join(" ");
    expect(text).toMatch(/predicted all others at 2026-11-24T05:01:00\.000Z, before they were timed/);
    expect(text).toContain("ab".repeat(32));
  });
});

describe("blocks", () => {
  it("reads alignment from the titles, and sorts by the text where nothing else is given", () => {
    const made = table("t", "a caption", ["name", ">seconds"], [[cell("a"), cell("1 s", 1)]]);
    expect(made.columns.map(({ title, align }) => `${title} ${align}`)).toEqual([
      "name left",
      "seconds right",
    ]);
    expect(made.rows[0]!.map(({ sort }) => sort)).toEqual(["a", 1]);
    expect(cell("—", Number.NaN).sort).toBeNull();
    expect(plain(["a ", { kind: "code", text: "b" }, "."])).toBe("a b.");
  });
});
