/** @file `jacobench embed`: snippets on stdout, files where they belong, and errors with the way out. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { EMBED_TARGETS } from "../../analysis/embed/index.ts";
import { TARGET_IDS } from "../../src/cli/embed.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";
import { gridWidths, syntheticResults } from "../support/synthetic-results.ts";

const inside = temporaryFolder();
const widths = gridWidths([4, 16, 64], [4, 16, 64], [16, 144]);

/** Puts a report with its results, and the charts' data as a sweep leaves them. */
function storeReport(name: string, charts: readonly string[]): void {
  mkdirSync(inside("reports", name, "charts"), { recursive: true });
  const results = syntheticResults({ widths, experiment: name, secondsPerProduct: 5e-7 });
  writeFileSync(inside("reports", name, "results.json"), JSON.stringify(results));
  for (const id of charts) writeFileSync(inside("reports", name, "charts", `${id}.vl.json`), "{}");
}

const embed = (...args: readonly string[]) => runJacobench(["embed", ...args], { cwd: inside() });

beforeAll(() => {
  storeReport("scaling", ["scaling", "ratio"]);
  storeReport("depth", ["scaling"]);
});

test("the help names every kind of page", async () => {
  expect(TARGET_IDS).toBe(EMBED_TARGETS.map(({ id }) => id).join(", "));
  const { stdout } = await embed("--help");
  for (const { id } of EMBED_TARGETS) expect(stdout).toContain(id);
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

describe("embed", () => {
  test("prints the snippet alone to stdout and copies what it names beside the page", async () => {
    const { code, stdout, stderr } = await embed(
      "scaling/ratio",
      "--for",
      "markdown",
      "--into",
      "notes/week1",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^!\[Chart: [^\n]*\]\(scaling-ratio\.svg\)\n\n\*Reverse wins [^\n]*\*\n$/);
    expect(stderr).toBe("wrote notes/week1/scaling-ratio.svg\n");
    expect(readFileSync(inside("notes/week1/scaling-ratio.svg"), "utf8")).toMatch(
      /^<svg[^>]*>.*<\/svg>\s*$/s,
    );
  });

  test("goes into the current folder where none is named, and finds a chart that one report alone has", async () => {
    const { code, stdout } = await runJacobench(["embed", "ratio", "--for", "latex"], { cwd: inside() });
    expect(code).toBe(0);
    expect(stdout).toContain("{scaling-ratio-column.pdf}");
    expect(readFileSync(inside("scaling-ratio-column.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
  });

  test("puts the chart's page where the site's builder copies it from", async () => {
    mkdirSync(inside("site/docs/.vitepress"), { recursive: true });
    mkdirSync(inside("site/docs/guide/week1"), { recursive: true });
    const { code, stdout, stderr } = await embed(
      "scaling/ratio",
      ...["--for", "vitepress", "--as", "interactive", "--into", "site/docs/guide/week1"],
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<iframe src="\.\/scaling-ratio\.html"/);
    expect(existsSync(inside("site/docs/public/guide/week1/scaling-ratio.html"))).toBe(true);
    expect(readdirSync(inside("site/docs/guide/week1"))).toEqual([]);
    expect(stderr).toMatch(/^note: The page of the chart must be in public/m);
    expect(stderr).not.toMatch(/found no site/);
  });

  test("says so where it finds no site", async () => {
    const { code, stderr } = await embed(
      "scaling/ratio",
      ...["--for", "docusaurus", "--as", "interactive", "--into", "lost"],
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /note: found no site of Docusaurus \(docusaurus\.config\.js, .*\) above lost; took it as root/,
    );
    expect(existsSync(inside("lost/static/scaling-ratio.html"))).toBe(true);
  });

  test("takes another report and another size", async () => {
    const { code, stdout } = await embed(
      "ratio",
      ...["--for", "reveal", "--size", "page", "--from", "reports/depth", "--into", "slides"],
    );
    expect(code).toBe(0);
    expect(stdout).toContain('src="depth-ratio.svg"');
    expect(readdirSync(inside("slides"))).toEqual(["depth-ratio.svg"]);
  });
});

test.each([
  [
    "an unknown chart",
    ["scaling/rato", "--for", "html"],
    /chart "rato" is not known; .*did you mean "ratio"\?/,
  ],
  [
    "an unknown experiment",
    ["scalin/ratio", "--for", "html"],
    /experiment "scalin" has no report in reports\/; known are depth, scaling; did you mean "scaling"\?/,
  ],
  [
    "a chart of several reports",
    ["scaling", "--for", "html"],
    /chart "scaling": more than one report has it; expected one of depth\/scaling, scaling\/scaling/,
  ],
  ["a chart of no report", ["aa", "--for", "html"], /chart "aa": no report in reports\/ has it; .*--from/],
  [
    "a chart that the results cannot fill",
    ["scaling/aa", "--for", "html"],
    /chart "aa": cannot be drawn from reports\/scaling; it needs two variants/,
  ],
  [
    "an unknown page",
    ["scaling/ratio", "--for", "quatro"],
    /target "quatro" is not known; .*did you mean "quarto"\?/,
  ],
  [
    "an unknown form",
    ["scaling/ratio", "--for", "html", "--as", "pictur"],
    /--as "pictur" is not known; .*did you mean "picture"\?/,
  ],
  [
    "a form that the page has not",
    ["scaling/ratio", "--for", "latex", "--as", "interactive"],
    /LaTeX: .* it offers picture/,
  ],
  [
    "an unknown size",
    ["scaling/ratio", "--for", "html", "--size", "huge"],
    /--size "huge" is not known; known are page, slide, column/,
  ],
  [
    "a folder without results",
    ["ratio", "--for", "html", "--from", "reports"],
    /reports: found no results\.json; expected the folder of one experiment's report/,
  ],
  [
    "another experiment's folder",
    ["scaling/ratio", "--for", "html", "--from", "reports/depth"],
    /reports\/depth: holds the experiment "depth"; expected "scaling"/,
  ],
  ["no chart", ["scaling/", "--for", "html"], /chart "scaling\/" has no name; expected EXPERIMENT\/CHART/],
  ["no page", ["scaling/ratio"], /required option '--for <page>' not specified/],
] as const)("%s is bad input: one sentence, exit code 2, nothing written", async (_, args, message) => {
  const before = readdirSync(inside());
  const { code, stdout, stderr } = await embed(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^jacobench: [^\n]*\n(Run it with --help[^\n]*\n)?$/);
  expect(readdirSync(inside())).toEqual(before);
});
