/** @file index.html without a browser: the same bytes again, data once, specs that fit every width, the list of reports. */

import { compile } from "vega-lite";
import { beforeAll, describe, expect, it } from "vitest";
import { CHARTS } from "../../../analysis/charts/index.ts";
import { chartData } from "../../../analysis/report/html/chart-html.ts";
import { fitSpec } from "../../../analysis/report/html/client/fit-spec.ts";
import { renderIndex } from "../../../analysis/report/html/index-page.ts";
import { renderReport } from "../../../analysis/report/render-report.ts";
import { ROOFLINE_CALIBRATION } from "../../support/roofline-results.ts";
import { gridWidths, syntheticResults, variantOf } from "../../support/synthetic-results.ts";

const widths = gridWidths([4, 24], [6, 40], [16, 48, 96]);
const results = syntheticResults({
  widths,
  secondsPerProduct: 5e-7,
  config: { report: { charts: ["scaling", "counted"] } },
});
const kinds = syntheticResults({
  widths: [...widths, ...[2, 3, 5, 6].map((depth) => [8, ...Array(depth - 1).fill(24), 6]), [8, 24, 1]],
  variants: [
    variantOf("forward"),
    variantOf("forward", { label: "forward again" }),
    variantOf("reverse"),
    ...[2, 8, "all" as const].map((blockSize) =>
      variantOf("reverse-blocked", { label: `reverse-blocked[${blockSize}]`, blockSize }),
    ),
    ...[1, 3].map((snapshots) =>
      variantOf("reverse-checkpointed", { label: `reverse-checkpointed[${snapshots}]`, snapshots }),
    ),
  ],
  secondsValue: ({ sigma }) => 1e-9 * sigma,
  repetitions: 3,
});
const everyKind = { ...kinds, calibration: ROOFLINE_CALIBRATION };

describe("the page", () => {
  let page: string;
  beforeAll(async () => {
    page = (await renderReport(results)).get("index.html") as string;
  });

  it("is byte-identical when made again from the same results, whatever was made between", async () => {
    await renderReport(
      syntheticResults({ widths: widths.slice(0, 6), config: { report: { charts: ["ratio"] } } }),
    );
    expect((await renderReport(structuredClone(results))).get("index.html")).toBe(page);
  });

  it("asks for nothing: no address of the network stands where a browser would load it", () => {
    const markup = page.replace(/(<(script|style)\b[^>]*>).*?<\/\2>/gs, "$1");
    expect(markup).not.toMatch(
      /<(?:script|img|iframe|audio|video|source)[^>]* src=|<link[^>]* href="(?!data:)/i,
    );
    expect(markup).not.toMatch(/url\((?!#)/);
    expect(markup).not.toMatch(/\son\w+=/);
    expect(markup).not.toMatch(/\sstyle="/);
  });

  it("holds each chart's rows once, Vega once, and little besides", () => {
    const texts = [...page.matchAll(/<script type="application\/json" class="chart-data">(.*?)<\/script>/g)];
    expect(texts).toHaveLength(2);
    for (const [, text] of texts) {
      const { spec } = JSON.parse(text!) as { spec: { datasets: { [name: string]: unknown[] } } };
      for (const rows of Object.values(spec.datasets)) {
        const first = JSON.stringify(rows[0]).replace(/</g, "\\u003c");
        expect(text!.split(first).length - 1).toBe(1);
      }
    }
    expect(page.match(/vega-embed \d+\.\d+\.\d+/g)).toHaveLength(1);
    expect(Buffer.byteLength(page)).toBeLessThan(1.3e6);
  });

  it("states the answer first, then in words, then the charts and the rest", () => {
    const order = [
      "<h1",
      "<p>Forward (typed), t ∝ n·Σ: ",
      'id="table-answer"',
      "<figure",
      'class="contents"',
      'class="verdict',
      'id="chart-counted"',
      'id="table-exponents"',
      'id="environment"',
      'id="config"',
    ];
    const places = order.map((part) => page.indexOf(part));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});

describe("what is folded", () => {
  it("opens under its title, and holds no note", async () => {
    const unequal = {
      ...results,
      costs: results.costs.map((cost, i) => (i === 0 ? { ...cost, fmaCounted: 1 } : cost)),
    };
    const page = (await renderReport(unequal)).get("index.html") as string;
    const folds = [
      ...page.matchAll(
        /<details class="part"><summary><h2 id="([a-z-]+)-title">[^<]+<\/h2><\/summary>([\s\S]*?)\n<\/details>/g,
      ),
    ];
    expect(folds.map(([, id]) => id)).toEqual(
      expect.arrayContaining(["findings", "exponents", "machine-model", "cost", "method", "config"]),
    );
    for (const [, id, inside] of folds) expect(inside, id).not.toMatch(/<details|class="note"/);
    expect(page).toMatch(
      /<\/details>\n<p class="note"><strong>Predicted differs from counted<\/strong> in 1 of/,
    );
    expect(page).not.toMatch(/<details[^>]* open/);
  });

  it("repeats no caption: the picture is named in short, and a finding that is the answer stands once", async () => {
    const few = syntheticResults({
      widths: gridWidths([4, 24], [6], [16]),
      config: { report: { charts: ["counted"] } },
    });
    const page = ((await renderReport(few)).get("index.html") as string).replace(
      /<script[\s\S]*?<\/script>/g,
      "",
    );
    const body = page.slice(page.indexOf("<body>"));
    expect(body).toMatch(/<title id="static-counted-title">Counted FMA against time<\/title><[^d]/);
    expect(body.match(/An FMA takes /g)).toHaveLength(1);
    expect(body.match(/Known Law 3000/g)!.length).toBeLessThanOrEqual(3);
  });
});

describe("a chart's .vl.json", () => {
  it("is the spec that the chart draws, one row of data a line", async () => {
    const text = (await renderReport(results)).get("charts/scaling.vl.json") as string;
    const spec = CHARTS.find(({ id }) => id === "scaling")!.draw(results);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(spec)));
    expect(text).toMatch(/^ +\{"variant":"forward \(typed\)",.*\},?$/m);
  });
});

describe("specs for the page", () => {
  const drawable = CHARTS.filter((chart) => chart.wants(everyKind) === null);

  it("are tried with nearly every chart", () => {
    // Without equal Σ, plans, several machines, and other frameworks.
    expect(drawable.length).toBeGreaterThanOrEqual(CHARTS.length - 5);
  });

  it.each(drawable)("$id compiles without warning at every width, light and dark", (chart) => {
    const { spec, dark } = chartData(chart.draw(everyKind), chart.draw(everyKind, { theme: "dark" }));
    const before = JSON.stringify(spec);
    for (const width of [320, 700, 1100]) {
      for (const changes of [[], dark]) {
        const complaints: unknown[] = [];
        const note = (...message: unknown[]) => {
          complaints.push(...message);
          return logger;
        };
        const logger = {
          level: () => logger,
          warn: note,
          error: note,
          info: () => logger,
          debug: () => logger,
        };
        const fitted = fitSpec(spec, { width, factor: 0.8, changes, brush: width > 500 });
        const vega = compile(fitted as never, { logger: logger as never }).spec;
        expect(complaints, `${width} px`).toEqual([]);
        const signals = vega.signals?.map(({ name }) => name);
        expect(signals).toEqual(expect.arrayContaining(["shownVariants", "shownCases"]));
        expect(Object.keys(fitted)).not.toContain("title");
      }
    }
    expect(JSON.stringify(spec)).toBe(before);
  });

  it("differ between light and dark in colours, not in data", () => {
    const chart = CHARTS.find(({ id }) => id === "scaling")!;
    const { spec, dark } = chartData(chart.draw(results), chart.draw(results, { theme: "dark" }));
    expect(dark.length).toBeGreaterThan(0);
    expect(dark.filter(([path]) => path[0] === "datasets")).toEqual([]);
    expect(JSON.stringify(dark).length).toBeLessThan(JSON.stringify(spec).length / 4);
  });
});

describe("the list of reports", () => {
  const quick = syntheticResults({ widths, quick: true, experiment: "second", title: "A & <B>" });

  it("gives every experiment with its verdicts and a link, as HTML and as Markdown, and the same again", () => {
    const files = renderIndex([results, quick]);
    expect([...files.keys()]).toEqual(["index.html", "index.md"]);
    const [html, markdown] = [files.get("index.html")!, files.get("index.md")!];
    expect(html).toContain('<a href="synthetic/index.html">A machine that obeys a known law</a>');
    expect(html).toContain('<a href="second/index.html">A &amp; &lt;B&gt;</a>');
    expect(markdown).toContain("## [A machine that obeys a known law](synthetic/index.md)");
    expect(markdown).toMatch(/^- forward \(typed\): \*\*(confirmed|inconclusive)\*\*[,:] .*; t ∝ n/m);
    expect(markdown).toMatch(/second · quick run · 12 cases/);
    const first = markdown.split(/^## /m)[1]!;
    expect(first).toMatch(
      /\n\nForward \(typed\), t ∝ n·Σ: .*\.\n\n<details><summary>2 verdicts and 1 finding<\/summary>\n\n- /,
    );
    expect(html).toMatch(
      /<p>Forward \(typed\), t ∝ n·Σ: [^<]*<\/p>\n<details><summary>2 verdicts and 1 finding<\/summary>/,
    );
    expect([...renderIndex(structuredClone([results, quick]))]).toEqual([...files]);
  });

  it("says of an empty folder that nothing was measured", () => {
    const files = renderIndex([]);
    expect(files.get("index.html")).toContain("No experiment has been measured yet.");
    expect(files.get("index.md")).toContain("No experiment has been measured yet.");
  });
});
