/** @file Snippets for course notes: each kind of page's known silent failures are avoided, and texts stay texts. */

import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { CHARTS, chartById } from "../../analysis/charts/index.ts";
import { assetContent } from "../../analysis/embed/assets.ts";
import { assetName, type EmbedChart, embedChart } from "../../analysis/embed/chart.ts";
import { renderEmbedPage } from "../../analysis/embed/embed-page.ts";
import { escapeTex, imageText } from "../../analysis/embed/escape.ts";
import {
  EMBED_TARGETS,
  type EmbedOptions,
  embedSnippet,
  embedTargetById,
} from "../../analysis/embed/index.ts";
import { SHARED_SCRIPT, type Snippet } from "../../analysis/embed/target.ts";
import { syntheticResults, variantOf } from "../support/synthetic-results.ts";

const results = syntheticResults({ secondsPerProduct: 5e-7, experiment: "scaling" });
const ratio = chartById("ratio");
const chart = embedChart(results, ratio, ratio.draw(results));

const HOSTILE =
  "{{ a.b }} {x} <b>bold</b> <script>alert(1)</script> $x$ and $y$ *a* _b_ [l](u) ![i](http://v.w) @user \"q\" 'r' " +
  "back\\slash `tick` n^2^ ~~s~~ | 5 % # & fit blur:5px -- {% if %} [^1] &amp; :tada: Σ·µ ≈ 数 é";
const hostile: EmbedChart = {
  ...chart,
  finding: `Finding ${HOSTILE}`,
  conditions: `Conditions ${HOSTILE}`,
  alt: `Picture ${HOSTILE}.`,
  altAlone: `Picture ${HOSTILE}, alone.`,
  caption: `Caption ${HOSTILE}.`,
};

const everywhere = EMBED_TARGETS.flatMap((target) => target.forms.map((form) => ({ target, form })));
const named = everywhere.map(({ target, form }) => [`${target.id} as ${form}`, target, form] as const);

function textOf(id: string, options: EmbedOptions = {}): Snippet {
  return embedSnippet(embedTargetById(id), chart, options);
}

describe("every snippet", () => {
  it.each(named)("%s names its files by relative paths, and no others", (_, target, form) => {
    const { text, assets } = embedSnippet(target, chart, { form });
    const files = assets.map(({ format, folder }) => {
      const name = format === "js" ? SHARED_SCRIPT : assetName(chart.stem, format, target.defaultSize);
      return { name, folder };
    });
    const mentioned = [
      ...text.matchAll(/[\w./*-]*(?:scaling-ratio|jacobench-charts)[\w-]*\.(?:[\w.]*\w|\*)/g),
    ].map(([path]) => path);
    expect(mentioned.length).toBeGreaterThan(0);
    for (const path of mentioned) {
      const name = path.split("/").at(-1)!;
      const matching = files.filter((file) =>
        name.endsWith("*") ? file.name.startsWith(name.slice(0, -1)) : file.name === name,
      );
      expect(matching.length, path).toBeGreaterThan(0);
      // Only Docusaurus resolves an absolute path, through useBaseUrl.
      if (target.id !== "docusaurus") expect(path).not.toMatch(/^\//);
    }
    for (const { name } of files) {
      expect(mentioned.some((path) => path.endsWith(name) || path.endsWith(name.replace(/\w+$/, "*")))).toBe(
        true,
      );
    }
    expect(text).not.toMatch(/https?:|undefined|NaN/);
    expect(text).toBe(text.trim());
  });

  it.each(named)("%s has a short alternative text, and the finding once", (_, target, form) => {
    const { text } = embedSnippet(target, chart, { form });
    // LaTeX writes × as a command.
    expect(text).toContain("Chart: Forward / reverse over the n");
    const found = text.match(/Reverse wins above n\/m = 1\.01 \[0\.98, 1\.03\]/g);
    // Quarto has the figure for HTML and for paper; the notes of a slide repeat what its picture or its title says.
    const places = target.id === "quarto" || target.id === "reveal" ? 2 : 1;
    expect(found).toHaveLength(places);
    if (target.id !== "marp" && form !== "interactive") expect(text).toMatch(/27 cases|alt/);
  });

  it.each(named)("%s holds hostile texts on the lines that they belong to", (_, target, form) => {
    const plain = embedSnippet(target, chart, { form }).text.split("\n").length;
    const { text } = embedSnippet(target, hostile, { form });
    expect(text.split("\n")).toHaveLength(plain);
    // An option of a directive and a string of Python are no markup.
    const markup = text.replace(/^(:alt:|alt =|display\(Markdown).*$/gm, "");
    expect(markup).not.toMatch(/<b>|<script>alert|<\/b>/);
  });

  it.each(EMBED_TARGETS.map((target) => [target.id, target] as const))(
    "%s is deterministic and pure",
    (_, target) => {
      expect(embedSnippet(target, structuredClone(chart))).toEqual(embedSnippet(target, chart));
    },
  );

  it("refuses a form that the page has not, by name", () => {
    expect(() => textOf("latex", { form: "interactive" })).toThrow(
      /LaTeX: a chart cannot be embedded as "interactive" there; it offers picture/,
    );
    expect(() => embedTargetById("quatro")).toThrow(/target "quatro" is not known.*did you mean "quarto"/);
  });
});

describe("what would fail in silence", () => {
  it("GitHub removes scripts and frames: Markdown has a picture alone", () => {
    expect(embedTargetById("markdown").forms).toEqual(["picture"]);
    expect(textOf("markdown").text).not.toMatch(/<\w/);
  });

  it("LaTeX knows no SVG: a PDF, in the width of the column", () => {
    const { text, assets } = textOf("latex");
    expect(text).toContain("\\includegraphics[width=\\columnwidth,alt={");
    expect(text).toContain("{scaling-ratio-column.pdf}");
    expect(text).not.toContain(".svg");
    expect(assets).toEqual([{ format: "pdf", folder: "" }]);
    expect(textOf("latex", { size: "page" }).text).toContain("[width=\\linewidth,");
  });

  it("Docusaurus refuses a style as a string, and adds no baseUrl to frames", () => {
    const { text, assets } = textOf("docusaurus", { form: "interactive", pageFolders: ["docs", "week1"] });
    expect(text).toContain("style={{ border: 0 }}");
    expect(text).not.toMatch(/style="/);
    expect(text).toContain('src={useBaseUrl("/scaling-ratio.html")}');
    expect(text).toMatch(/^import useBaseUrl from "@docusaurus\/useBaseUrl";\n\n/);
    expect(assets).toEqual([{ format: "html", folder: "../../static" }]);
  });

  it("MDX reads braces as code", () => {
    const target = embedTargetById("docusaurus");
    const caption = embedSnippet(target, hostile).text.split("\n").at(-1)!;
    expect(caption).not.toMatch(/[{}]/);
    expect(embedSnippet(target, hostile).text.split("\n")[0]).not.toMatch(/[{}]/);
  });

  it("VitePress reads braces as code and scripts as its own, and adds no base to frames", () => {
    const { text, assets } = textOf("vitepress", { form: "interactive", pageFolders: ["guide", "week1"] });
    expect(text).toMatch(/<iframe src="\.\/scaling-ratio\.html"/);
    expect(text).not.toMatch(/<script/);
    expect(assets).toEqual([{ format: "html", folder: "../../public/guide/week1" }]);
    for (const form of ["picture", "interactive"] as const) {
      const target = embedTargetById("vitepress");
      const caption = embedSnippet(target, hostile, { form }).text.split("\n").at(-1)!;
      expect(caption).toMatch(/^<p v-pre>.*\{\{ a\.b \}\}.*<\/p>$/);
    }
    expect(textOf("vitepress").text).toMatch(/^!\[[^\n]*\]\(\.\/scaling-ratio\.svg\)/);
  });

  it("Jupyter Book 1 copies only what is in _static, and chooses the picture by the builder", () => {
    const { text, assets } = textOf("jupyter-book", { form: "interactive", pageFolders: ["week1"] });
    expect(text).toMatch(/^```\{raw\} html\n<iframe src="\.\.\/_static\/scaling-ratio\.html"/);
    expect(assets).toEqual([{ format: "html", folder: "../_static" }]);
    const picture = textOf("jupyter-book");
    expect(picture.text).toMatch(/^```\{figure\} \.\/scaling-ratio\.\*\n/);
    expect(picture.assets.map(({ format }) => format)).toEqual(["svg", "pdf"]);
  });

  it("mystmd drops raw HTML, does not copy the file of an iframe, and keeps quotes around :alt:", () => {
    const { text, assets } = textOf("myst", { form: "interactive" });
    expect(text).not.toMatch(/\{iframe\}|\{raw\}|<iframe/);
    expect(text).toContain("](./scaling-ratio.html)");
    expect(text).toMatch(/^:alt: Chart: /m);
    expect(assets.map(({ format }) => format)).toEqual(["svg", "html"]);
  });

  it("JupyterLab knows Vega-Lite up to 5, and shows no SVG or HTML of a fresh clone", () => {
    const { text, assets } = textOf("jupyter");
    expect(text).toContain('"application/vnd.vegalite.v5+json": json.loads(');
    expect(text).not.toMatch(/v6\+json|image\/svg|text\/html/);
    expect(text).toContain('"image/png"');
    expect(text).toContain('"text/plain"');
    expect(assets.map(({ format }) => format)).toEqual(["vl.json", "png"]);
    expect(ratio.draw(results).$schema).toMatch(/\/v5\.json$/);
  });

  it("Quarto takes the SVG for HTML and the PDF for LaTeX, and copies a frame's file only when told", () => {
    const { text } = textOf("quarto");
    expect(text).toMatch(/unless-format="pdf"\}\n!\[.*\]\(scaling-ratio\.svg\)\{fig-alt="[^"]+"\}/);
    expect(text).toMatch(/when-format="pdf"\}\n!\[.*\]\(scaling-ratio\.pdf\)\{fig-alt="[^"]+"\}/);
    const frame = textOf("quarto", { form: "interactive" });
    expect(frame.text).toMatch(/^```\{=html\}\n<iframe/m);
    expect(frame.notes.join()).toContain("resources: [scaling-ratio.html]");
  });

  it("Marp shows frames only with --html, local files in PDF only when allowed, and takes words for commands", () => {
    expect(textOf("marp").text).toMatch(
      /^---\n\n<style scoped>section \{ padding: 0; \}<\/style>\n\n!\[w:100% Chart: .*\]\(scaling-ratio-slide\.svg\)$/,
    );
    expect(textOf("marp", { size: "page" }).text).toMatch(
      /^---\n\n### Reverse wins .*\n\n!\[h:530 Chart: [^.]*\]\(scaling-ratio\.svg\)$/,
    );
    expect(textOf("marp").notes.join()).toContain("--allow-local-files");
    expect(textOf("marp", { form: "interactive" }).notes.join()).toContain("--html");
    const alt = embedSnippet(embedTargetById("marp"), hostile).text.match(/!\[(.*)\]/)![1]!;
    const words = alt.split(/\s+/).slice(1);
    expect(
      words.filter((word) => /^(fit|bg|blur.*|invert|contain|cover|auto|left|right)$/.test(word)),
    ).toEqual([]);
    expect(alt).toMatch(/\u2060fit \u2060blur:5px/);
  });

  it("a page from disk may not read data: the shared script has the picture inside", () => {
    const { text, notes } = textOf("html", { form: "script" });
    expect(text).toMatch(/data-src="scaling-ratio\.vl\.json"[^>]*><img src="scaling-ratio\.svg"/);
    expect(text).toMatch(/<script src="jacobench-charts\.js" defer><\/script>$/);
    expect(notes.join()).toMatch(/opened from disk/);
  });
});

describe("texts", () => {
  const md = new MarkdownIt({ html: true, linkify: true });

  it.each(["markdown", "vitepress", "docusaurus", "marp", "jupyter"])(
    "%s keeps the alternative text whole",
    (id) => {
      for (const subject of [chart, hostile]) {
        const { text } = embedSnippet(embedTargetById(id), subject, { form: "picture" });
        const line = text.split("\n").find((one) => one.startsWith("!["))!;
        const [paragraph] = md.parse(line, {}).filter(({ type }) => type === "inline");
        expect(paragraph!.children!.map(({ type }) => type)).toEqual(["image"]);
        const html = md.render(line);
        const alt = /alt="([^"]*)"/
          .exec(html)![1]!
          .replaceAll("\u2060", "")
          .replace(/^w:100% /, "");
        // A slide has no caption.
        const own = id === "marp" ? subject.altAlone : subject.alt;
        expect(alt).toBe(md.utils.escapeHtml(imageText(own)));
      }
    },
  );

  it("imageText leaves what charts say as it is", () => {
    const text =
      "Reverse wins above n/m = 0.97 [0.93, 1.01], 500 ns [413 ns, 587 ns], −0.4 [−1.1, 0.3]; (n·Σ)^0.93 × 2, 5 %";
    expect(imageText(text)).toBe(text);
    expect(imageText("forward-blocked[8] a_b _c_ <x> {y} 'p' & \"q\"")).toBe(
      "forward-blocked(8) a_b ＿c＿ ‹x› (y) ’p’ ＆ ”q”",
    );
  });

  it("Markdown captions render as the text that they are", () => {
    const { text } = embedSnippet(embedTargetById("markdown"), hostile);
    const html = md.render(text.split("\n").at(-1)!);
    expect(html).toBe(`<p><em>${md.utils.escapeHtml(hostile.caption)}</em></p>\n`);
  });

  it("escapeTex leaves no character that pdfLaTeX stops at", () => {
    const text = escapeTex(HOSTILE);
    expect(text.replace(/[\u00c0-\u017f]/g, "")).toMatch(/^[\x20-\x7e]*$/);
    expect(text.replace(/\\[{}$&#%_]/g, "").replace(/\\[a-z]+\{\}/gi, "")).not.toMatch(/(?<!\\)[$&#%_^~]/);
    expect(escapeTex("n·Σ ≈ 5 % of µs, 数")).toBe(
      "n\\ensuremath{\\cdot}\\ensuremath{\\Sigma} \\ensuremath{\\approx} 5 \\% of \\ensuremath{\\mu}s, [U+6570]",
    );
    expect(escapeTex("−0.5, m^−0.002, 2 × 10⁻⁷")).toBe(
      "\\ensuremath{-}0.5, m\\textsuperscript{\\ensuremath{-}0.002}, 2 \\ensuremath{\\times} 10\\ensuremath{^-}\\ensuremath{^7}",
    );
    expect(escapeTex("--a---b")).toBe("-{}-a-{}-{}-b");
    expect(escapeTex("(n·Σ)^0.93 and a^b")).toBe(
      "(n\\ensuremath{\\cdot}\\ensuremath{\\Sigma})\\textsuperscript{0.93} and a\\textasciicircum{}b",
    );
  });
});

describe("embedChart", () => {
  it("names files and labels safely, whatever the experiment is called", () => {
    const odd = syntheticResults({ experiment: "../Ünï <x> 数/.." });
    expect(embedChart(odd, ratio, ratio.draw(odd)).stem).toMatch(/^[a-z0-9-]+-ratio$/);
    const nothing = syntheticResults({ experiment: "数" });
    expect(embedChart(nothing, ratio, ratio.draw(nothing)).stem).toBe("experiment-ratio");
  });

  it("has words and a height for every chart that can be drawn", () => {
    const drawable = CHARTS.filter((one) => one.wants(results) === null);
    expect(drawable.length).toBeGreaterThan(3);
    for (const one of drawable) {
      const words = embedChart(results, one, one.draw(results));
      expect(words.finding.length).toBeGreaterThan(10);
      expect(words.conditions.length).toBeGreaterThan(10);
      expect(words.caption.startsWith(words.finding)).toBe(true);
      expect(words.height).toBeGreaterThan(200);
      expect(words.height).toBeLessThan(3000);
    }
  });
});

describe("assetContent", () => {
  it("gives each format, sized where it is a picture, and the same bytes again", async () => {
    const svg = String(await assetContent(results, ratio, "svg", "slide"));
    expect(svg).toMatch(/^<svg[^>]*width="1280"/);
    const png = (await assetContent(results, ratio, "png", "page")) as Uint8Array;
    expect([...png.subarray(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
    const pdf = (await assetContent(results, ratio, "pdf", "column")) as Uint8Array;
    expect(Buffer.from(pdf.subarray(0, 5)).toString("latin1")).toBe("%PDF-");
    expect(await assetContent(results, ratio, "pdf", "column")).toEqual(pdf);
    expect(JSON.parse(String(await assetContent(results, ratio, "vl.json", "page"))).$schema).toMatch(
      /vega-lite/,
    );
  });

  it("leaves the title out of a page's picture and spec where a caption stands beside it, and only there", async () => {
    const texts = async (size: "page" | "slide", captioned: boolean): Promise<string> =>
      String(await assetContent(results, ratio, "svg", size, { captioned })).replace(
        /<(?:title|desc)[\s\S]*?<\/(?:title|desc)>/g,
        "",
      );
    expect(await texts("page", false)).toContain(">Reverse wins above");
    expect(await texts("page", true)).not.toContain("Reverse wins above");
    expect(await texts("slide", true)).toContain(">Reverse wins above");
    const spec = async (captioned: boolean) =>
      JSON.parse(String(await assetContent(results, ratio, "vl.json", "page", { captioned })));
    expect(await spec(false)).toHaveProperty("title");
    expect(await spec(true)).not.toHaveProperty("title");
    expect((await spec(true)).description).toMatch(/^Reverse wins above/);
  });

  it("gives a page that names no address and holds hostile texts as texts", async () => {
    const label = `f ${HOSTILE}`;
    const odd = syntheticResults({
      secondsPerProduct: 5e-7,
      variants: [variantOf("forward", { label }), variantOf("reverse")],
    });
    const page = String(await assetContent(odd, chartById("scaling"), "html", "page"));
    const own = page.replace(/<script>[\s\S]*?<\/script>/g, "");
    expect(own).not.toMatch(/<b>|<script>alert|(?:src|href)="(?!data:,|#)/);
    expect(page).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'/);
    expect(await assetContent(odd, chartById("scaling"), "html", "page")).toBe(page);
  });
});

describe("embed.md", () => {
  const page = renderEmbedPage(results);

  it("has every chart of the report in every kind of page, with the command", () => {
    for (const id of ["scaling", "collapse", "ratio", "counted"]) {
      expect(page).toContain(`](charts/${id}.svg)`);
      for (const { target, form } of everywhere) {
        const choice = form === target.defaultForm ? "" : ` --as ${form}`;
        expect(page).toContain(`\njacobench embed scaling/${id} --for ${target.id}${choice}\n`);
        const one = chartById(id);
        const words = embedChart(results, one, one.draw(results));
        expect(page).toContain(embedSnippet(target, words, { form }).text);
      }
    }
    expect(page).toContain("| `crossoverTyped` | 1.01 |");
    expect(page.match(/<details>/g)).toHaveLength(page.match(/<\/details>/g)!.length);
  });

  it("is the same for the same results", () => {
    expect(renderEmbedPage(structuredClone(results))).toBe(page);
  });

  it("keeps texts of a config texts, outside and inside of its fences", () => {
    const label = `f ${HOSTILE}`;
    const odd = syntheticResults({
      title: `T ${HOSTILE}`,
      experiment: `E ${HOSTILE}`,
      variants: [variantOf("forward", { label }), variantOf("reverse")],
    });
    const text = renderEmbedPage(odd);
    const fences = new MarkdownIt().parse(text, {}).filter(({ type }) => type === "fence");
    expect(fences.length).toBeGreaterThan(2 * everywhere.length);
    const html = new MarkdownIt({ html: true }).render(text);
    expect(html.replace(/<pre>[\s\S]*?<\/pre>/g, "")).not.toMatch(/<b>|<script|<a href="u"|<img src="http/);
    expect(text).toContain("jacobench embed EXPERIMENT/scaling --for markdown");
  });
});
