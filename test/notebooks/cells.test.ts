/** @file Checks of cells that need no kernel: their types, mapped back to the source, and outputs that would be lost. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { outputFaults } from "../../notebooks/tools/cell-checks.ts";
import { cellModule } from "../../notebooks/tools/cell-module.ts";
import { checkTypes } from "../../notebooks/tools/check-types.ts";
import { parseLesson } from "../../notebooks/tools/source.ts";
import { REPOSITORY } from "../support/run-command.ts";

const SAMPLE = readFileSync(join(REPOSITORY, "test/fixtures/lessons/01-sample.md"), "utf8");

describe("types", () => {
  test("of the sample are right, in both versions", async () => {
    expect(await checkTypes([parseLesson("01-sample", SAMPLE)])).toEqual([]);
  });

  test("that are wrong are told with the line of the source, once, and whose version it is", async () => {
    const wrong = SAMPLE.replace("show(column);", 'const length: number = "long";').replace(
      "p.map(() => p.map(() => 0))",
      "0",
    );
    const lines = wrong.split("\n");
    const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;
    const messages = await checkTypes([parseLesson("07-wrong", wrong)]);
    const place = (text: string): string => `notebooks/source/07-wrong.md:${lineOf(text)}:`;
    const about = (text: string) => messages.filter((message) => message.startsWith(place(text)));
    expect(about('"long"')).toHaveLength(1);
    expect(about('"long"')[0]).toMatch(/'string' is not assignable to type 'number'\.$/);
    expect(about("your code here")[0]).toMatch(/\(student's version\)$/);
  });

  test("include the syntax, which the kernel passes over in silence", async () => {
    const lesson = parseLesson("07-wrong", "# T\n\n```ts\nlet unfinished =\n```\n");
    expect(await checkTypes([lesson])).toEqual([
      "notebooks/source/07-wrong.md:5:1: TS1109: Expression expected.",
    ]);
  });

  test("are those of the source's own lines, and a cell cannot run on into the next", () => {
    const lesson = parseLesson("01-x", "# T\n\n```ts\nconst a = 1\n```\n\n```ts\n[a]\n```\n");
    const lines = cellModule(lesson, "teacher").split("\n");
    expect(lines[3]).toBe("const a = 1");
    expect(lines[7]).toBe("[a]");
    expect(lines[6]).toBe(";");
  });
});

describe("outputs", () => {
  const cell = (code: string): string[] =>
    outputFaults(parseLesson("01-x", `# T\n\n\`\`\`ts\n${code}\n\`\`\`\n`));

  test("that no one would see are refused", () => {
    expect(cell("table(rows);\nconst a = 1;")).toEqual([
      "notebooks/source/01-x.md:4: table(…) is not the last of its cell and shows nothing; expected await display(table(…))",
    ]);
    expect(cell("const a = 1;\nshow(a);\nshow(a);")[0]).toMatch(/^notebooks\/source\/01-x\.md:5: show/);
    expect(cell("chart(\n  spec,\n  text,\n);\nlet b = 2;")).toHaveLength(1);
  });

  test("that nobody asked for are refused: the last value of a loop", () => {
    expect(cell("const a = [];\nfor (const b of [1]) {\n  a.push(b);\n}")[0]).toMatch(
      /x\.md:5: the cell ends with "for"/,
    );
    expect(cell("for (const b of [1]) {\n  a.push(b);\n}\nundefined;")).toEqual([]);
  });

  test("that are last, used or displayed are well", () => {
    for (const code of [
      "const a = 1;\nshow(a);",
      "chart(\n  spec,\n  text,\n);",
      "await display(\n  table(rows),\n  show(1),\n);\nlet b = 2;",
      "const one = show(1);\none;",
      "show(1); // a remark\n// and another",
      "show(`a\n  b`)",
    ])
      expect(cell(code), code).toEqual([]);
  });
});
