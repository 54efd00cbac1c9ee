/** @file The format of lessons' sources: what becomes of each part, in which version, and what is refused with its line. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { notebookOf, notebookText, readNotebook } from "../../notebooks/tools/notebook.ts";
import { blocksOf, parseLesson } from "../../notebooks/tools/source.ts";
import { REPOSITORY } from "../support/run-command.ts";

const SAMPLE = readFileSync(join(REPOSITORY, "test/fixtures/lessons/01-sample.md"), "utf8");
const lesson = parseLesson("01-sample", SAMPLE);

describe("a source", () => {
  test("is read as blocks that know their lines", () => {
    expect(lesson.title).toBe("A small lesson");
    const lines = SAMPLE.split("\n");
    for (const block of lesson.blocks) {
      const at = block.kind === "exercise" || block.kind === "solution" ? block.line : block.line - 1;
      expect(lines[at], `${block.kind} of line ${block.line}`).toBe(block.text.split("\n")[0]);
    }
    expect(lesson.blocks.map(({ kind }) => kind).join(" ")).toBe(
      "markdown code markdown code markdown code code code markdown code exercise code code code solution markdown",
    );
  });

  test("keeps fences of other languages in the text, with what looks like marks inside of them", () => {
    const text = lesson.blocks.find(({ text }) => text.includes("no cell break"))!;
    expect(text.kind).toBe("markdown");
    expect(text.text).toContain("```text\n+++ this is no cell break, and ::: no container\n```");
  });

  test("gives teachers the solutions and students the stubs", () => {
    const texts = (version: "teacher" | "student") =>
      blocksOf(lesson, version)
        .map(({ text }) => text)
        .join("\n");
    expect(texts("teacher")).toMatch(/secretly/);
    expect(texts("teacher")).toMatch(/row \* \(Number/);
    expect(texts("teacher")).not.toMatch(/your code here/);
    expect(texts("student")).not.toMatch(/secretly|row \* \(Number/);
    expect(texts("student")).toMatch(/your code here/);
    expect(texts("student")).toMatch(/Write `jacobian\(p\)`/);
  });

  test.each([
    ["Text", /:1: the line is "Text"; expected "# "/],
    ["# T\n\n```ts\n1", /:3: the fence is not closed/],
    ["# T\n\n```ts\n\n```", /:3: the code cell is empty/],
    ["# T\n\n```ts slow\n1\n```", /:3: the cell has the flag "slow"; expected one of solution, stub/],
    ["# T\n\n```ts stub solution\n1\n```", /:3: the cell is a solution and a stub/],
    ["# T\n\n:::{exercise} E\nDo", /:3: the exercise is not closed/],
    ["# T\n\n:::{exercise}\n:::", /:3: the exercise is empty/],
    ["# T\n\n:::{note}\nx\n:::", /:3: the container is "note"; expected exercise or solution/],
    ["# T\n\n:::{solution}\nx\n:::{exercise}\ny\n:::", /:5: the solution of line 3 is still open/],
    [
      "# T\n\n:::{exercise}\nx\n```ts\n1\n```\n:::",
      /:5: a code cell begins inside of the exercise of line 3/,
    ],
    ["# T\n\n:::{exercise}\nx\n+++\n:::", /:5: "\+\+\+" stands inside/],
    ["# T\n\n:::", /:3: ":::" closes nothing/],
    ["# T\n\n# U", /:3: there is a second title/],
  ])("is refused with its line: %j", (text, message) => {
    expect(() => parseLesson("09-wrong", text)).toThrow(message);
    expect(() => parseLesson("09-wrong", text)).toThrow(/^notebooks\/source\/09-wrong\.md:/);
  });

  test("loses no line of code and no paragraph, whatever stands between", () => {
    const piece = fc.oneof(
      fc.record({ kind: fc.constant("text" as const), n: fc.nat(999) }),
      fc.record({ kind: fc.constant("code" as const), n: fc.nat(999) }),
      fc.record({ kind: fc.constant("break" as const), n: fc.nat(999) }),
      fc.record({ kind: fc.constant("exercise" as const), n: fc.nat(999) }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const parts = pieces.map(({ kind, n }, i) => {
          if (kind === "code") return `\`\`\`ts\nconst a${i} = ${n};\n\`\`\``;
          if (kind === "exercise") return `:::{exercise} E${i}\nExercise ${n}.\n:::`;
          return kind === "break" ? "+++" : `Paragraph ${i} of ${n}.`;
        });
        const { blocks } = parseLesson("01-x", `# T\n\n${parts.join("\n\n")}\n`);
        const texts = blocks.map(({ text }) => text).join("\n");
        for (const [i, { kind, n }] of pieces.entries()) {
          if (kind === "code") expect(texts).toContain(`const a${i} = ${n};`);
          if (kind === "text") expect(texts).toContain(`Paragraph ${i} of ${n}.`);
        }
        expect(blocks.filter(({ kind }) => kind === "code").length).toBe(
          pieces.filter(({ kind }) => kind === "code").length,
        );
        expect(texts).not.toContain("+++");
      }),
    );
  });
});

describe("a notebook", () => {
  test("has the tags that Jupyter knows, folded solutions, and the same ids each time", () => {
    const { cells } = notebookOf(lesson, "teacher");
    expect(notebookText(notebookOf(lesson, "teacher"))).toBe(notebookText(notebookOf(lesson, "teacher")));
    const tagged = (tag: string) => cells.filter(({ metadata }) => metadata.tags?.includes(tag));
    expect(tagged("raises-exception").length).toBe(1);
    expect(tagged("timing").length).toBe(1);
    const [code, text] = tagged("solution");
    expect(code!.metadata.jupyter).toEqual({ source_hidden: true });
    expect(text!.source).toMatch(/^<details>\n<summary>Solution<\/summary>\n\nSince/);
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
    for (const { id } of cells) expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
  });

  test("keeps a cell's id when another is put before it", () => {
    const more = parseLesson("01-sample", SAMPLE.replace("## A column", "```ts\n1 + 1;\n```\n\n## A column"));
    const ids = new Set(notebookOf(more, "teacher").cells.map(({ id }) => id));
    const kept = notebookOf(lesson, "teacher").cells.filter(({ id }) => ids.has(id));
    expect(kept.length).toBe(notebookOf(lesson, "teacher").cells.length);
  });

  test("is the same after it was written and read, texts as lists of lines in the file", () => {
    const notebook = notebookOf(lesson, "student");
    const text = notebookText(notebook);
    expect(readNotebook(text)).toEqual(notebook);
    const file = JSON.parse(text);
    expect(file.cells[0].source[0]).toBe("# A small lesson\n");
    expect(file.nbformat_minor).toBe(5);
  });
});
