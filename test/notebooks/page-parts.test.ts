/** @file Parts of lessons' pages: dollars of mathematics, fonts by use, pictures made smaller without a changed pixel. */

import MarkdownIt from "markdown-it";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import type { TopLevelSpec } from "vega-lite";
import { describe, expect, test } from "vitest";
import { chartById } from "../../analysis/charts/index.ts";
import { pngFromSvg } from "../../analysis/render/png.ts";
import { renderSvg } from "../../analysis/render/svg.ts";
import { createRenderer } from "../../notebooks/tools/page/markdown.ts";
import { mathHtml, mathStyle } from "../../notebooks/tools/page/math.ts";
import { addMathRules } from "../../notebooks/tools/page/math-rules.ts";
import { slimSvg } from "../../notebooks/tools/page/slim-svg.ts";
import { CHART_RESULTS } from "../support/chart-results.ts";
import { REPOSITORY } from "../support/run-command.ts";

const renderer = () => createRenderer(REPOSITORY, "../../notebooks");
/** TeX of each formula that the dollars enclose. */
const formulas = (text: string): string[] => {
  const md = new MarkdownIt();
  addMathRules(md);
  const tokens = md.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  return tokens.filter(({ type }) => type.startsWith("math_")).map(({ content }) => content);
};

describe("mathematics", () => {
  test.each([
    ["$x$", ["x"]],
    ["a $x_1$ and $x_2$.", ["x_1", "x_2"]],
    ["from $5 to $10", []],
    ["costs \\$5 and $n$", ["n"]],
    ["$a\\$b$", ["a\\$b"]],
    ["`$no$` but $yes$", ["yes"]],
    ["| a | b |\n|---|---|\n| $n\\Sigma$ | 2 |", ["n\\Sigma"]],
    ["$$\nx = 1\n$$", ["x = 1"]],
    ["$$x = 1$$", ["x = 1"]],
    ["Text\n$$\nx\n$$\nmore", ["x"]],
    ["- item\n\n  $$\n  y\n  $$\n", ["y"]],
    ["**$W$**", ["W"]],
    ["$_a$ and $_b$ keep their underscores", ["_a", "_b"]],
    ["```text\n$code$\n```", []],
    ["An open $ dollar", []],
  ])("in %j is found", (text, found) => {
    expect(formulas(text)).toEqual(found);
    const html = renderer().render(text);
    expect(html.split('class="katex-mathml"').length - 1).toBe(found.length);
    expect(html.split('class="katex-html" aria-hidden="true"').length - 1).toBe(found.length);
  });

  test("that KaTeX does not know is refused by name", () => {
    expect(() => mathHtml("\\undefinedmacro x", false)).toThrow(
      /the formula \$\\undefinedmacro x\$ cannot be drawn: Undefined control sequence/,
    );
  });

  test("brings the fonts that it uses and no others; without it there are none", () => {
    const facesOf = (tex: string): string[] =>
      [
        ...mathStyle(mathHtml(tex, false)).matchAll(
          /@font-face\{[^}]*?font-family:"?(KaTeX_\w+)"?;([^}]*?)src/g,
        ),
      ].map(
        ([, family, rest]) =>
          family! + (/italic/.test(rest!) ? " italic" : "") + (/700/.test(rest!) ? " bold" : ""),
      );
    expect(facesOf("1 + 2")).toEqual(["KaTeX_Main"]);
    expect(facesOf("x")).toEqual(["KaTeX_Main", "KaTeX_Math italic"]);
    expect(facesOf("\\mathbb{R}")).toContain("KaTeX_AMS");
    expect(facesOf("\\mathbf{x}")).toContain("KaTeX_Main bold");
    expect(facesOf("\\mathsf{T}")).toContain("KaTeX_SansSerif");
    expect(facesOf("\\left(\\frac{\\frac{a}{b}}{c}\\right)").length).toBeGreaterThan(2);
    expect(mathStyle("<p>none</p>")).toBe("");
  });
});

describe("Markdown", () => {
  test("in a page is text where it holds HTML, has headings to link to and links that lead on", () => {
    const one = renderer();
    const html = one.render("## The cost $\\Sigma$\n\n<script>1</script> [next](02-x.ipynb)\n\n## The cost");
    expect(html).toContain("&lt;script&gt;");
    expect(html).toContain('<h2 id="the-cost">');
    expect(html).toContain('<h2 id="the-cost-2">');
    expect(html).toContain('href="02-x.html"');
    expect(one.headings.map(({ id }) => id)).toEqual(["the-cost", "the-cost-2"]);
  });

  test("has pictures inside of it, and says which one is missing", () => {
    const html = renderer().render("![Alt *text*](reports/scaling/charts/ratio.svg)");
    expect(html).toMatch(/<img src="data:image\/svg\+xml;base64,[^"]{100,}" alt="Alt \*text\*">/);
    expect(() => renderer().render("![x](none.png)")).toThrow(/the picture none\.png cannot be read/);
    expect(() => renderer().render("![x](https://example.org/a.png)")).toThrow(/cannot stand in a page/);
  });
});

describe("a slimmed picture", () => {
  const specs: [string, TopLevelSpec][] = [
    "scaling",
    "ratio",
    "collapse",
    "network",
    "residuals",
    "skip",
  ].map((id) => {
    const one = chartById(id);
    return [id, one.draw(Object.values(CHART_RESULTS).find((some) => one.wants(some) === null)!)];
  });
  test.each(specs)("%s looks the same to the pixel and is far smaller", async (id, spec) => {
    const whole = await renderSvg(spec, id);
    const slim = slimSvg(whole);
    expect(slim.length).toBeLessThan(0.5 * whole.length);
    const [a, b] = await Promise.all(
      [whole, slim].map(async (svg) => PNG.sync.read(Buffer.from(await pngFromSvg(svg)))),
    );
    expect([b!.width, b!.height]).toEqual([a!.width, a!.height]);
    expect(pixelmatch(a!.data, b!.data, undefined, a!.width, a!.height, { threshold: 0.02 })).toBe(0);
    expect(slim).toMatch(/<svg[^>]* role="img" aria-labelledby=/);
    expect(slim).toContain(`<title id="${id}-title">`);
  });
});
