/** @file SVG to PNG and PDF: fonts inside, one page, right size, the same bytes again, loaded only when asked for. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { CHARTS, chartById } from "../../analysis/charts/index.ts";
import { ontoCanvas } from "../../analysis/render/canvas.ts";
import { pdfFromSvg } from "../../analysis/render/pdf.ts";
import { pngFromSvg } from "../../analysis/render/png.ts";
import { renderSpec } from "../../analysis/render/render-spec.ts";
import { CHART_RESULTS } from "../support/chart-results.ts";
import { REPOSITORY } from "../support/run-command.ts";

const { standard, blocks } = CHART_RESULTS;
const scaling = chartById("scaling");

/** The text of a PDF: its objects, and its streams inflated. */
function pdfText(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes).toString("latin1");
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body]) => {
    try {
      return inflateSync(Buffer.from(body!, "latin1")).toString("latin1");
    } catch {
      return "";
    }
  });
  return [raw, ...streams].join("\n");
}

describe("PNG", () => {
  it("has twice the chart's px, text in it, and the theme's ground", async () => {
    const svg = await renderSpec(scaling.draw(standard), "svg", { id: "scaling" });
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg)!;
    const bytes = await renderSpec(scaling.draw(standard), "png", { id: "scaling" });
    const picture = PNG.sync.read(Buffer.from(bytes));
    expect([picture.width, picture.height]).toEqual([2 * Number(width), 2 * Number(height)]);
    const without = PNG.sync.read(Buffer.from(await pngFromSvg(svg.replace(/<text[\s\S]*?<\/text>/g, ""))));
    const ink = ({ data }: PNG): number => data.filter((value, i) => i % 4 === 0 && value < 128).length;
    expect(ink(picture)).toBeGreaterThan(1.5 * ink(without));
    const dark = await renderSpec(scaling.draw(standard, { theme: "dark" }), "png", { scale: 1 });
    expect([...PNG.sync.read(Buffer.from(dark)).data.subarray(0, 4)]).toEqual([0x12, 0x12, 0x12, 255]);
  });

  it("of a slide is 2560 × 1440", async () => {
    const bytes = await renderSpec(scaling.draw(standard, { size: "slide" }), "png");
    const { width, height } = PNG.sync.read(Buffer.from(bytes));
    expect([width, height]).toEqual([2560, 1440]);
  });
});

describe("PDF", () => {
  const subjects = CHARTS.map((chart) => ({
    id: chart.id,
    chart,
    results: Object.values(CHART_RESULTS).find((one) => chart.wants(one) === null)!,
  }));

  it.each(subjects)(
    "of $id is one page with its fonts, byte-identical when made again",
    async ({ chart, results }) => {
      const spec = chart.draw(results, { size: "column" });
      const bytes = await renderSpec(spec, "pdf", { id: chart.id });
      const text = pdfText(bytes);
      expect(text.startsWith("%PDF-")).toBe(true);
      expect(text.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
      expect(text).toMatch(/\/FontFile2 /);
      expect(text).toMatch(/\/BaseFont \/[A-Z]{6}\+DejaVuSans/);
      // 3.4 inches of 72 points.
      expect(Number(/\/MediaBox \[0 0 ([\d.]+) /.exec(text)![1])).toBeCloseTo(3.4 * 72, 3);
      expect(Buffer.from(await renderSpec(spec, "pdf", { id: chart.id })).equals(Buffer.from(bytes))).toBe(
        true,
      );
    },
  );

  it("holds lines and no pictures", async () => {
    const text = pdfText(await renderSpec(scaling.draw(standard), "pdf"));
    expect(text).not.toMatch(/\/Subtype \/Image/);
    expect(text.match(/ [lc]\n/g)!.length).toBeGreaterThan(100);
  });

  it("refuses an SVG without a size", async () => {
    await expect(pdfFromSvg("<svg></svg>")).rejects.toThrow(/no width and height/);
  });
});

describe("the page", () => {
  it("shrinks a chart that is larger than its slide or column, and leaves others alone", () => {
    const svg =
      '<svg width="2560" height="720" viewBox="0 0 2560 720"><rect width="2560" height="720" fill="#fff"/></svg>';
    const on = (size: string) => ontoCanvas(svg, { usermeta: { jacobench: { size } } } as never);
    expect(on("page")).toBe(svg);
    expect(on("slide")).toMatch(
      / width="1280" height="720" viewBox="0 -360 2560 1440"><rect x="0" y="-360" width="2560" height="1440"/,
    );
    expect(on("column")).toMatch(/ width="326.4" height="91.8" viewBox="0 0 2560 720"/);
  });

  it("is a slide even with ten variants", async () => {
    const svg = await renderSpec(chartById("ratio").draw(blocks, { size: "slide" }), "svg");
    expect(svg).toMatch(/^<svg[^>]* width="1280" height="720"/);
  });
});

describe("loading", () => {
  it("brings in resvg and pdfkit only for PNG and PDF", () => {
    const program = `
      const { registerHooks } = await import("node:module");
      const seen = [];
      registerHooks({ resolve(name, context, next) { seen.push(name); return next(name, context); } });
      await import(${JSON.stringify(new URL("../../analysis/render/render-spec.ts", import.meta.url).href)});
      console.log(seen.filter((name) => /resvg|pdfkit/.test(name)).length, seen.includes("vega-lite"));`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      cwd: REPOSITORY,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout.trim()).toBe("0 true");
    expect(readFileSync(new URL("../../analysis/render/pdf.ts", import.meta.url), "utf8")).toMatch(
      /import\("pdfkit"\)/,
    );
  });
});
