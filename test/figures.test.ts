/** @file README and CONTRIBUTING state no figure that is not read from a committed file, or printed by a command. */

import { describe, expect, test } from "vitest";
import { abridged, printedBlocks, shows } from "./support/figures/blocks.ts";
import { FIGURES } from "./support/figures/figures.ts";
import { PAGES, placeFigure, placeFigures, replaceSpans } from "./support/figures/pages.ts";
import { committedText, resultsMeasuredAnew } from "./support/figures/sources.ts";
import { EXEMPTIONS, findSentence, uncoveredNumbers } from "./support/figures/text.ts";

const blocks = PAGES.flatMap((page) =>
  printedBlocks(committedText(page)).map((block) => ({ page, ...block })),
);

const anew = resultsMeasuredAnew();
if (anew.length > 0) {
  console.warn(
    `SKIPPED: figures and printed blocks, since ${anew.join(", ")} was measured anew here. \`git checkout reports\` brings ` +
      "the committed results back; `npm run readme` writes the pages for the new ones",
  );
}

describe.skipIf(anew.length > 0)("each figure is the one of its source", () => {
  test.each(FIGURES)("$page, $source: $sentence", (figure) => {
    const text = committedText(figure.page);
    const printed = placeFigure(figure).spans.map(({ start, end }) =>
      text.slice(start, end).replace(/\s+/g, " "),
    );
    expect({ source: figure.source, printed }).toEqual({ source: figure.source, printed: figure.values() });
  });

  test("a sentence that is not there, or twice, is named", () => {
    const [figure] = FIGURES;
    expect(() => placeFigure(figure!, "")).toThrow(/README\.md: found “.*#.*” 0 times; expected once/);
    const twice = `${committedText("README.md")}${committedText("README.md")}`;
    expect(() => placeFigure(figure!, twice)).toThrow(/2 times/);
    const { placed, missing } = placeFigures("README.md", "a clone brings its own Node 1;");
    expect(placed.map(({ sentence }) => sentence)).toEqual(["a clone brings its own Node #;"]);
    expect(missing).toHaveLength(FIGURES.filter(({ page }) => page === "README.md").length - 1);
  });

  test("figures are written into their places, whatever their length", () => {
    const spans = [
      { start: 3, end: 4 },
      { start: 0, end: 1 },
    ];
    expect(
      replaceSpans("1, 2, 3", [
        [spans[0]!, "22 [1, 2]"],
        [spans[1]!, ""],
      ]),
    ).toBe(", 22 [1, 2], 3");
  });
});

describe.skipIf(anew.length > 0)(
  "each block is what its command prints: npm run readme writes it anew",
  () => {
    test.each(blocks)("$page: $name", async ({ page, span, print }) => {
      const block = committedText(page).slice(span.start, span.end);
      const printed = await print();
      if (!shows(block, printed)) expect(block).toBe(abridged(block, printed));
    });

    test("the answer of the sweep, commands and a snippet are among them", () => {
      const names = blocks.map(({ name }) => name);
      expect(names).toContain("the answer of scaling");
      for (const command of ["cost", "plan", "embed"])
        expect(names.some((name) => name.includes(`-- ${command} `))).toBe(true);
    });
  },
);

describe("no number stands without a source", () => {
  test.each(PAGES)("%s", (page) => {
    const covered = [
      ...placeFigures(page).placed.flatMap(({ spans }) => spans),
      ...printedBlocks(committedText(page)).map(({ span }) => span),
    ];
    expect(uncoveredNumbers(committedText(page), covered)).toEqual([]);
  });

  test("every exemption is of use", () => {
    const text = PAGES.map(committedText).join("\n");
    for (const exemption of EXEMPTIONS) {
      const others = EXEMPTIONS.filter((one) => one !== exemption);
      const more = uncoveredNumbers(text, [], others).length - uncoveredNumbers(text, []).length;
      expect({ reason: exemption.reason, more: more > 0 }).toEqual({ reason: exemption.reason, more: true });
    }
  });

  test("what was measured is found in prose, tables and blocks, with its line", () => {
    const text = [
      "It took 4 min, 2.4 times `95 %` and about a minute (95 %).",
      "| target | 0.80 |",
      "```text",
      "median 379 ms for 784-512-10, n + 1 products, float64",
      "```",
      "```sh",
      "sweep --shard 2/8   # takes 20 s",
      "```",
      "`0.96` [0.95",
    ].join("\n");
    expect(uncoveredNumbers(text, []).map((line) => line.split(", in")[0])).toEqual([
      "line 1: 4",
      "line 1: 2.4",
      "line 1: about a minute",
      "line 2: 0.80",
      "line 4: 379",
      "line 7: 20",
      "line 9: 0.96",
      "line 9: 0.95",
    ]);
    const start = text.indexOf("2.4");
    expect(uncoveredNumbers(text, [{ start, end: start + 3 }])).toHaveLength(7);
  });
});

describe("sentences and blocks", () => {
  test("a sentence is found over line breaks, with its figures, intervals and words", () => {
    const text = "It is 33 [30,\n36] times\nas fast on AMD EPYC, 2 cores; −1e-8.";
    const [spans] = findSentence(text, "It is # times as fast on @, # cores; #.");
    expect(spans!.map(({ start, end }) => text.slice(start, end))).toEqual([
      "33 [30,\n36]",
      "AMD EPYC",
      "2",
      "−1e-8",
    ]);
    expect(findSentence(text, "It is # times as slow")).toEqual([]);
  });

  test("a block shows all lines in order, `…` any number of them", () => {
    const printed = "a 1\nb 2\nc 3\nd 4\n\n";
    for (const block of [
      "a 1\nb 2\nc 3\nd 4\n",
      "a 1\n…\n",
      "…\nd 4\n",
      "a 1\n…\nd 4\n",
      "a 1\nb 2\n…\nc 3\nd 4\n",
    ])
      expect({ block, shown: shows(block, printed) }).toEqual({ block, shown: true });
    for (const block of ["a 1\nb 2\nc 3\n", "a 1\n…\nc 4\nd 4\n", "b 2\n…\n", "a 1\n…\nc 3\n", "a\n…\n"])
      expect({ block, shown: shows(block, printed) }).toEqual({ block, shown: false });
  });

  test("a block is brought up to date and leaves out what it left out", () => {
    expect(abridged("a 1\nb 2\n", "a 7\nb 8\nc 9\n")).toBe("a 7\nb 8\nc 9\n");
    expect(abridged("a 1\nb 2\n…\n", "a 7\nnew\nb 8\nc 9\n")).toBe("a 7\nnew\nb 8\n…\n");
    expect(abridged("a 1\nb 2\n…\n", "x 7\ny 8\nz 9\n")).toBe("x 7\ny 8\n…\n");
    expect(abridged("a 1\n…\nc 3\n", "a 7\nb 8\nc 9\nd 9\n")).toBe("a 7\n…\nc 9\n");
  });

  test("output of a command that measures has no place in a page", async () => {
    const [block] = printedBlocks(
      "```text\n$ npm run -s jacobench -- time --widths 3,2\nforward 1 ms\n```\n",
    );
    await expect(block!.print()).rejects.toThrow(/time --widths 3,2: its output is measured/);
  });
});
