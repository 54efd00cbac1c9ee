/** @file The report and the summary: what they state, that they repeat themselves, and that texts stay texts. */

import { describe, expect, it } from "vitest";
import { chartById } from "../../analysis/charts/index.ts";
import { escapeMarkdown, fenced } from "../../analysis/report/escape.ts";
import { renderReport } from "../../analysis/report/render-report.ts";
import { summarise } from "../../analysis/summary.ts";
import { COLUMNS } from "../../analysis/text.ts";
import { gridWidths, syntheticResults, variantOf } from "../support/synthetic-results.ts";

const standard = syntheticResults({ secondsPerProduct: 5e-7 });
const small = { widths: gridWidths([3, 12], [4, 20], [8, 32]), rounds: 3, processes: 3 };

const HOSTILE =
  '<script>alert("1")</script> | `code` **bold** [x](javascript:alert(1)) ![i](http://a.b) <!-- @user #1 :tada: $x$ ~~s~~ www.a.b — Ünïcode 数 \u202egnp\u202c\n# heading\n\u0000\ud800';

describe("renderReport", () => {
  it("makes index.html, index.md, results.csv, and spec and picture of each chart", async () => {
    const files = await renderReport(standard);
    expect([...files.keys()]).toEqual([
      "index.html",
      "index.md",
      "embed.md",
      "results.csv",
      ...["scaling", "collapse", "ratio", "counted"].flatMap((id) => [
        `charts/${id}.vl.json`,
        `charts/${id}.svg`,
      ]),
    ]);
    const page = files.get("index.md")!;
    for (const [, target] of page.matchAll(/\]\((charts\/[^)]+|results\.csv)\)/g))
      expect(files.has(target!)).toBe(true);
    expect(JSON.parse(files.get("charts/ratio.vl.json")!).$schema).toMatch(/vega-lite\/v5\.json$/);
  });

  it("states the answer first, with intervals, and why Σ is off", async () => {
    const page = (await renderReport(standard)).get("index.md")!;
    expect(page.indexOf("## The answer")).toBeLessThan(page.indexOf("## Charts"));
    expect(page).toMatch(
      /\*\*forward \(typed\), t ∝ n·Σ\*\*: confirmed, with a fixed cost α = \d+ ns \[\d+ ns, \d+ ns\] per product; asymptotic from Σ ≈ \d/,
    );
    expect(page).toMatch(/ — t ∝ n\^0\.9\d \[0\.9\d, 1\.0\d\] · m\^/);
    expect(page).toMatch(/reverse is faster above n\/m = 1\.0\d \[/);
    expect(page).toMatch(/Each product has a fixed cost of/);
    expect(page).toMatch(/Predicted equals counted, FMA and bytes, in all 54 counted runs/);
    expect(page).toMatch(/npm run sweep -- --only synthetic/);
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  });

  it("is read in a minute: a sentence, a table and a chart, then folds; nothing is printed twice", async () => {
    const page = (await renderReport(standard)).get("index.md")!;
    const [, screen, rest] = page.split(/^## (?:The answer|The question.*)$/m);
    const [sentence, ...parts] = screen!.trim().split("\n\n");
    expect(sentence).toMatch(/^Forward \(typed\), t ∝ n·Σ: confirmed.*\.$/);
    expect(parts.map((part) => part.slice(0, 2))).toEqual(["| ", "![", "<d", "*T", "</"]);
    // Every picture has a short name; its finding stands in it, and once as text.
    const pictures = [...page.matchAll(/^!\[(.*)\]\(charts\/(.*)\.svg\)$/gm)];
    expect(pictures.map(([, , id]) => id)).toEqual(["scaling", "collapse", "ratio", "counted"]);
    for (const [, name, id] of pictures) expect(name, id).toBe(chartById(id!).title);
    for (const [, words] of page.matchAll(/^\*(.*)\.\* .*\(\[Vega-Lite spec\]/gm))
      expect(page.split(words!).length - 1, words).toBe(1);
    // Folds are closed where they were opened, with the blank lines that make Markdown of what is inside.
    expect(rest!.match(/^<details>/gm)!.length).toBeGreaterThan(8);
    expect(page.match(/^<details><summary>[^<]+<\/summary>\n\n/gm)).toHaveLength(
      page.match(/\n\n<\/details>\n/g)!.length,
    );
    const opened = rest!.replace(/<details>[\s\S]*?<\/details>/g, "");
    expect(opened).not.toMatch(/^\||^```|^- /m);
  });

  it("prints no hyphen for a minus, no exponent of a program, and no interval without a width", async () => {
    const steep = syntheticResults({
      rngSeed: 3,
      law: ({ n, sigma, m }, { mode }) => 1e-9 * sigma * (mode === "forward" ? n * m ** -0.02 : m),
    });
    for (const results of [standard, steep]) {
      const page = (await renderReport(results)).get("index.md")!.replace(/^```[\s\S]*?^```/gm, "");
      expect(page).toMatch(/−0\.0\d/);
      expect(page).not.toMatch(/(?<![\w.)\]-])-\d/);
      expect(page).not.toMatch(/\d[.\d]*e[+-]?\d/);
      for (const [interval, low, high] of page.matchAll(/\[(\S+?)(?: \S+)?, (\S+?)(?: \S+)?\](?!\()/g))
        expect(low, interval).not.toBe(high);
    }
    expect(summarise(steep).join("\n")).not.toMatch(/(?<![\w.)\]-])-\d/);
  });

  it("says where predicted and counted differ", async () => {
    const results = syntheticResults(small);
    const costs = results.costs.map((cost, i) => (i === 0 ? { ...cost, fmaCounted: 1 } : cost));
    const page = (await renderReport({ ...results, costs })).get("index.md")!;
    expect(page).toMatch(/\*\*Predicted differs from counted\*\* in 1 of 16 counted runs/);
  });

  it("is byte-identical when made again, and in whatever order", async () => {
    const copy = structuredClone(standard);
    const [first, , second] = [
      await renderReport(standard),
      await renderReport(syntheticResults(small)),
      await renderReport(copy),
    ];
    expect([...second!]).toEqual([...first!]);
  });

  it("says of a quick run that it is quick, and prints no interval", async () => {
    const page = (await renderReport(syntheticResults({ ...small, quick: true }))).get("index.md")!;
    expect(page).toMatch(/^> \*\*Quick run\.\*\*/m);
    expect(page).toMatch(/No intervals: a quick run\./);
    expect(page).not.toMatch(/\^-?\d\.\d\d \[/);
  });

  it("draws what the config asks for, and says what it cannot draw", async () => {
    const results = syntheticResults({ ...small, config: { report: { charts: ["aa", "unit-seeds"] } } });
    const files = await renderReport(results);
    expect([...files.keys()].filter((name) => name.endsWith(".svg"))).toEqual(["charts/unit-seeds.svg"]);
    expect(files.get("index.md")).toMatch(
      /is not drawn: it needs two variants that differ in their label alone/,
    );
    const wrong = syntheticResults({ ...small, config: { report: { charts: ["pie"] } } });
    await expect(renderReport(wrong)).rejects.toThrow(/chart "pie" is not known/);
  });

  it("refuses collinear designs by name and still makes a page", async () => {
    const widths = [4, 8, 16, 32, 64].map((k) => [k, 2 * k, k]);
    const page = (await renderReport(syntheticResults({ widths }))).get("index.md")!;
    expect(page).toMatch(/inconclusive: unidentifiable, collinear design: n, m and Σ move together/);
  });

  it("lists warnings by code with their counts", async () => {
    const results = syntheticResults(small);
    const measurements = results.measurements.map((row, i) =>
      i < 3 ? { ...row, warnings: [{ code: "noisy", message: `spread ${HOSTILE}` } as const] } : row,
    );
    const page = (await renderReport({ ...results, measurements })).get("index.md")!;
    expect(page).toMatch(/\| `noisy` \| 3 \| spread &#60;script&#62;/);
  });

  it("keeps every text of a config a text: in Markdown, in SVG, in specs", async () => {
    const results = syntheticResults({
      ...small,
      title: HOSTILE,
      experiment: HOSTILE,
      variants: [
        variantOf("forward", { label: `f ${HOSTILE}` }),
        variantOf("reverse", { label: `r ${HOSTILE}`, kernel: "typed" }),
      ],
      config: { title: HOSTILE, notes: `1. ${HOSTILE}\n\`\`\`\n<img src=x>` },
    });
    const files = await renderReport(results);
    const page = files.get("index.md")!;
    const fence = page.match(/^(`{3,})json$/m)![1]!;
    const [before, inside, after] = page.split(new RegExp(`^${fence}(?:json)?$`, "m"));
    expect(JSON.parse(inside!).notes).toContain("<script>");
    expect(fence.length).toBeGreaterThan(3);
    const folds = /^(?:<details><summary>[\w ,]+<\/summary>|<\/details>)$/gm;
    const outside = before! + after!;
    expect(outside.replace(folds, "")).not.toMatch(/<[a-z!/]/i);
    expect(outside).not.toMatch(/\]\((?!charts\/|results\.)/);
    expect(outside).not.toMatch(/@user|#1 |:tada:|\*\*bold|`code|\$x\$|~~|www\.|http:/);
    expect(outside.match(/^# /gm)).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(page).not.toMatch(/[\u0000\u202e\ud800]/);
    expect(page).toContain("Ünïcode 数");
    // Tables keep their columns.
    const tables = outside.match(/(?:^\|.*\|\n)+/gm)!;
    expect(tables.length).toBeGreaterThan(5);
    for (const rows of tables.map((text) => text.trim().split("\n"))) {
      expect(new Set(rows.map((row) => row.split(" | ").length)).size).toBe(1);
    }
    for (const [name, content] of files) {
      if (!name.endsWith(".svg")) continue;
      expect(content).not.toMatch(/<script|<img|<!--|javascript:alert\(1\)"/);
      expect(content).toContain("&lt;script&gt;");
      expect(content.match(/<text/g)!.length).toBeGreaterThan(5);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(content).not.toMatch(/[\u0000-\u0008\u202e]|&(?!amp;|lt;|gt;|quot;|#39;)/);
    }
  });
});

describe("escapeMarkdown", () => {
  it("leaves intervals and plain punctuation readable", () => {
    const text =
      "forward (typed): n/m = 0.97 [0.93, 1.01], 500 ns [413 ns, 587 ns], −0.4 [−1.1, 0.3]; t^2 + 1 at 05:00:00";
    expect(escapeMarkdown(text)).toBe(text);
  });

  it("keeps intervals from becoming links", () => {
    for (const end of ["(x)", ": x", "[y]"])
      expect(escapeMarkdown(`[0.93, 1.01]${end}`)).toMatch(/^&#91;0\.93/);
  });

  it("defuses what would begin a list, a rule or a heading", () => {
    for (const start of ["- a", "+ a", "* a", "1. a", "2) a", "# a", "> a", "---", "==="]) {
      expect(escapeMarkdown(start)).not.toMatch(/^([-+*#>=]|\d[.)])/);
    }
  });

  it("fences by more backticks than inside", () => {
    expect(fenced("a ```` b", "json")).toBe("`````json\na ```` b\n`````");
  });
});

describe("summarise", () => {
  it("prints the verdicts first, exponents with intervals and the crossover within 80 columns", () => {
    const lines = summarise(standard);
    const text = lines.join("\n");
    expect(lines[1]).toMatch(/^ {2}forward \(typed\), t ∝ n·Σ: confirmed, with a fixed cost α = \d+ ns/);
    expect(text).toMatch(/^ {4}t ∝ n\^0\.\d\d \[0\.\d\d, 1\.\d\d\] · m\^/m);
    expect(text).toMatch(/crossover forward \/ reverse \(typed\): n\/m = 1\.\d\d \[0\.\d\d, 1\.\d\d\]/);
    expect(text).toMatch(/with preparation: n\/m = /);
    expect(text).toMatch(/choosing by n < m costs \d+ % over the faster one in the median case/);
    for (const line of lines) expect([...line].length).toBeLessThanOrEqual(COLUMNS);
  });

  it("is quiet where all is as predicted, and says what is not", () => {
    const quiet = summarise(syntheticResults({ rngSeed: 3 }));
    expect(quiet.filter((line) => /: confirmed$/.test(line))).toHaveLength(2);
    expect(quiet.join("\n")).not.toMatch(/would help|exponent of/);
    const wrong = syntheticResults({
      law: ({ n, m, sigma }, { mode }) => 1e-9 * sigma * (mode === "forward" ? n ** 1.2 : m),
    });
    expect(summarise(wrong).join("\n")).toMatch(
      /forward \(typed\), t ∝ n·Σ: refuted: the exponent of n is 1\.\d{2,}\s+\[1\.\d{2,}, 1\.2\d+\],\s+not 1 ± 0\.05/,
    );
  });

  it("keeps its width with long, wide and hostile labels", () => {
    const label = `${"数".repeat(60)} ${HOSTILE}`;
    const variants = [variantOf("forward", { label }), variantOf("reverse", { label: `${"x".repeat(200)}` })];
    for (const line of summarise(syntheticResults({ ...small, variants, title: label }))) {
      const columns = [...line].reduce(
        (sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1),
        0,
      );
      expect(columns).toBeLessThanOrEqual(COLUMNS);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal would obey these
      expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
    }
  });

  it("marks quick runs", () => {
    const text = summarise(syntheticResults({ ...small, quick: true })).join("\n");
    expect(text).toMatch(/quick run: estimates without intervals/);
    expect(text).not.toMatch(/\[-?\d\.\d\d, /);
  });
});
