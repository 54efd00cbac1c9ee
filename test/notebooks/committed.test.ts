/** @file The lessons in the repository: sources, notebooks, outputs, students' versions, pages and MyST agree and are sound. */

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { outputFaults } from "../../notebooks/tools/cell-checks.ts";
import { checkTypes } from "../../notebooks/tools/check-types.ts";
import { readMade } from "../../notebooks/tools/committed.ts";
import { differences } from "../../notebooks/tools/compare.ts";
import { mystPage } from "../../notebooks/tools/myst.ts";
import { type CodeCell, notebookOf, type Output } from "../../notebooks/tools/notebook.ts";
import { indexPage } from "../../notebooks/tools/page/index-page.ts";
import { lessonPage } from "../../notebooks/tools/page/lesson-page.ts";
import { lessonNames, placesOf, readLessons } from "../../notebooks/tools/places.ts";
import { blocksOf } from "../../notebooks/tools/source.ts";

const PLACES = placesOf();
const LESSONS = readLessons(PLACES, lessonNames(PLACES));
const MADE = readMade(PLACES);
const WHERE = { folder: PLACES.notebooks, notebooks: "../../notebooks" };
const VEGA_LITE = "application/vnd.vegalite.v5+json";
const ANEW = "npm run notebooks writes it anew";

test("every source has its notebook and every notebook its source", () => {
  expect(MADE.map(({ name }) => name)).toEqual(LESSONS.map(({ name }) => name));
  expect(LESSONS.length).toBeGreaterThan(0);
});

test("all cells are strict TypeScript, and no output is lost", async () => {
  expect(LESSONS.flatMap(outputFaults)).toEqual([]);
  expect(await checkTypes(LESSONS)).toEqual([]);
});

describe.each(LESSONS)("$name", (lesson) => {
  const { notebook } = MADE.find(({ name }) => name === lesson.name)!;
  const cells = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  const outputs = cells.flatMap((cell) => cell.outputs.map((output) => ({ cell, output })));
  const bundles = outputs.flatMap(({ output }) => ("data" in output ? [output.data] : []));

  test("has the cells that its source gives, run in order from the first", () => {
    const fresh = notebookOf(lesson, "teacher");
    expect(differences(notebook, fresh, { outputs: false }), ANEW).toEqual([]);
    expect(cells.map((cell) => cell.execution_count)).toEqual(cells.map((_, i) => i + 1));
  });

  test("has no error but those that are shown on purpose", () => {
    for (const cell of cells) {
      const failed = cell.outputs.some(({ output_type }) => output_type === "error");
      expect(failed, cell.source).toBe(cell.metadata.tags?.includes("raises-exception") ?? false);
    }
  });

  test("has charts that every viewer draws, each with a description", () => {
    const charts = bundles.filter((data) => VEGA_LITE in data || "image/png" in data);
    for (const data of charts) {
      expect(Object.keys(data).sort()).toEqual([VEGA_LITE, "image/png", "text/plain"]);
      const spec = data[VEGA_LITE] as { $schema?: string; description?: string };
      expect(spec.$schema).toMatch(/vega-lite\/v5\.json$/);
      expect(spec.description!.length).toBeGreaterThanOrEqual(30);
      expect(data["text/plain"]).toContain(spec.description!);
    }
  });

  test("has outputs without colours of terminals and without folders of a machine", () => {
    const texts = outputs.map(({ output }) => textOf(output)).join("\n");
    expect(texts).not.toContain("\u001b");
    expect(texts).not.toMatch(/file:\/\/|(?:^|[\s"'(])\/(?:home|root|Users|work|tmp)\//);
    // A table or chart that no one displayed, or a promise that no one awaited.
    expect(texts).not.toMatch(/Promise \{|Symbol\(Jupyter|View\d?d?\w*float64/);
  });

  test("has exercises, whose solutions are the teacher's alone", () => {
    const kinds = lesson.blocks.map(({ kind }) => kind);
    expect(kinds).toContain("exercise");
    expect(kinds.includes("solution") || kinds.length > blocksOf(lesson, "student").length).toBe(true);
    const student = notebookOf(lesson, "student");
    const text = student.cells.map(({ source }) => source).join("\n");
    // A stub has the heads of what it stands for.
    const open = student.cells.filter(({ metadata }) => !metadata.tags?.includes("stub"));
    const given = new Set(open.flatMap(({ source }) => source.split("\n").map((line) => line.trim())));
    for (const block of lesson.blocks) {
      const secret = block.kind === "solution" || (block.kind === "code" && block.flags.includes("solution"));
      if (!secret) continue;
      expect(text).not.toContain(block.text);
      const own = block.text.split("\n").filter((line) => line.trim().length > 40);
      expect(own.filter((line) => given.has(line.trim()))).toEqual([]);
    }
    expect(student.cells.flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))).toEqual([]);
  });

  test("has its MyST page with pictures, and its page", async () => {
    const { text, pictures } = mystPage({ name: lesson.name, notebook });
    expect(readFileSync(join(PLACES.myst, `${lesson.name}.md`), "utf8") === text, ANEW).toBe(true);
    for (const [path, bytes] of pictures)
      expect(readFileSync(join(PLACES.myst, path)).equals(bytes), `${path}: ${ANEW}`).toBe(true);
    const index = MADE.findIndex(({ name }) => name === lesson.name);
    const page = await lessonPage(MADE, index, WHERE);
    expect(readFileSync(join(PLACES.pages, `${lesson.name}.html`), "utf8") === page, ANEW).toBe(true);
  });
});

test("the list of lessons is that of the notebooks, and all pages together are small", () => {
  const list = join(PLACES.pages, "index.html");
  expect(readFileSync(list, "utf8") === indexPage(MADE, WHERE), ANEW).toBe(true);
  const sizes = MADE.map(({ name }) => statSync(join(PLACES.pages, `${name}.html`)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2 * 1024 ** 2);
});

function textOf(output: Output): string {
  if (output.output_type === "stream") return output.text;
  if (output.output_type === "error") return [output.evalue, ...output.traceback].join("\n");
  return Object.entries(output.data)
    .filter(([mime]) => mime.startsWith("text/"))
    .map(([, value]) => String(value))
    .join("\n");
}
