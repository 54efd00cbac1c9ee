/** @file What is made of notebooks: comparison of two runs, the student's version, MyST, links. */

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { differences, pngSize } from "../../notebooks/tools/compare.ts";
import { handOut } from "../../notebooks/tools/hand-out.ts";
import { retarget, retargetMarkdown } from "../../notebooks/tools/links.ts";
import { mystPage, writeMyst } from "../../notebooks/tools/myst.ts";
import {
  type CodeCell,
  type Notebook,
  notebookOf,
  notebookText,
  type Output,
  readNotebook,
} from "../../notebooks/tools/notebook.ts";
import { lessonNames, placesOf, readLessons, studentNames } from "../../notebooks/tools/places.ts";
import { writeStudentNotebooks } from "../../notebooks/tools/student.ts";
import { temporaryFolder } from "../support/folder.ts";
import { REPOSITORY } from "../support/run-command.ts";
import { sampleNotebook } from "../support/sample-notebook.ts";

const path = temporaryFolder();
const FROM = join(REPOSITORY, "test/fixtures/lessons");
const places = placesOf(FROM, path("made"));
const lessons = readLessons(places, lessonNames(places));

/** A notebook in which the outputs of one cell are others. */
function withOutputs(
  notebook: Notebook,
  index: number,
  change: (outputs: readonly Output[]) => Output[],
): Notebook {
  const cells = notebook.cells.map((cell, i) =>
    i === index ? ({ ...cell, outputs: change((cell as CodeCell).outputs) } as CodeCell) : cell,
  );
  return { ...notebook, cells };
}

describe("two runs", () => {
  let notebook: Notebook;
  let indexOf: (text: string) => number;
  beforeAll(async () => {
    notebook = await sampleNotebook(lessons[0]!);
    indexOf = (text) => notebook.cells.findIndex(({ source }) => source.includes(text));
  });

  test("that gave the same agree", () => {
    expect(differences(notebook, notebook)).toEqual([]);
    expect(differences(notebook, notebookOf(lessons[0]!, "teacher"), { outputs: false })).toEqual([]);
  });

  test("differ by a text, a missing output, a cell, a size, a number of a chart", () => {
    const text = withOutputs(notebook, indexOf("show(column)"), ([one]) => [
      { ...one, data: { "text/plain": "[ 9 ]" } } as Output,
    ]);
    expect(differences(notebook, text)[0]).toMatch(
      /text\/plain, line 1, is ".*"; a fresh run gave "\[ 9 \]"/,
    );
    const none = withOutputs(notebook, indexOf("await display"), () => []);
    expect(differences(notebook, none)[0]).toMatch(
      /its outputs are display_data .*, stdout; a fresh run gave none/,
    );
    expect(differences(notebook, { ...notebook, cells: notebook.cells.slice(1) })[0]).toMatch(
      /^it has 15 cells; expected 14$/,
    );
    const changed = (mime: string, value: unknown) =>
      withOutputs(notebook, indexOf("chart("), ([one]) => [
        { ...one, data: { ...(one as { data: object }).data, [mime]: value } } as Output,
      ]);
    const small = Buffer.from(pngOf(2, 3)).toString("base64");
    expect(differences(notebook, changed("image/png", small))[0]).toMatch(/a fresh run gave 2 × 3/);
    expect(differences(notebook, changed("application/vnd.vegalite.v5+json", {}))[0]).toMatch(
      /v5\+json differs/,
    );
  });

  test("may differ in times, and in the last digits of a chart's numbers", () => {
    const slower = withOutputs(notebook, indexOf("performance.now"), ([one]) => [
      { ...one, data: { "text/plain": "it took 9 ms in Deno" } } as Output,
    ]);
    expect(differences(notebook, slower)).toEqual([]);
    const index = indexOf("chart(");
    const digits = withOutputs(notebook, index, ([one]) => {
      const { data } = one as { data: Record<string, unknown> };
      const mime = "application/vnd.vegalite.v5+json";
      const spec = JSON.stringify(data[mime]).replace('"h":0.1,', '"h":0.10000000000000002,');
      return [{ ...one, data: { ...data, [mime]: JSON.parse(spec) } } as Output];
    });
    expect(JSON.stringify(digits)).not.toBe(JSON.stringify(notebook));
    expect(differences(notebook, digits)).toEqual([]);
  });

  test("size of a PNG is read from its head", () => {
    expect(pngSize(Buffer.from(pngOf(640, 480)).toString("base64"))).toEqual([640, 480]);
    expect(pngSize("bm8gcGljdHVyZQ==")).toBe(null);
  });
});

/** The head of a PNG: signature, and the first chunk's length, name, width and height. */
function pngOf(width: number, height: number): Uint8Array {
  const head = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([head, size]);
}

describe("the student's version", () => {
  const file = join(places.student, "01-sample.ipynb");

  test("has neither solutions nor outputs, and is valid for Jupyter", () => {
    expect(writeStudentNotebooks(lessons, places, false)).toEqual([{ path: file, state: "written" }]);
    const text = readFileSync(file, "utf8");
    expect(text).not.toMatch(/secretly|"solution"|row \* \(Number/);
    expect(text).toMatch(/your code here/);
    for (const cell of readNotebook(text).cells)
      if (cell.cell_type === "code") expect(cell.outputs).toEqual([]);
  });

  test("is written anew after a mere run, but never over somebody's work unless asked", () => {
    const notebook = readNotebook(readFileSync(file, "utf8"));
    const run = notebook.cells.map((cell) =>
      cell.cell_type === "code" ? { ...cell, execution_count: 3 } : cell,
    );
    writeFileSync(file, notebookText({ ...notebook, cells: run }));
    expect(writeStudentNotebooks(lessons, places, false)[0]!.state).toBe("written");
    const worked = readFileSync(file, "utf8").replace("your code here", "my code");
    writeFileSync(file, worked);
    expect(writeStudentNotebooks(lessons, places, false)[0]!.state).toBe("kept");
    expect(readFileSync(file, "utf8")).toBe(worked);
    writeFileSync(file, "{");
    expect(writeStudentNotebooks(lessons, places, false)[0]!.state).toBe("kept");
    expect(writeStudentNotebooks(lessons, places, true)[0]!.state).toBe("written");
    expect(readFileSync(file, "utf8")).toContain("your code here");
  });
});

describe("a copy for students", () => {
  test("has what lessons need, their notebooks, and no solution anywhere", () => {
    const all = placesOf();
    const real = readLessons(all, lessonNames(all));
    const copy = path("copy");
    handOut(real, all, copy);
    for (const file of [
      "package.json",
      "src/index.ts",
      "notebooks/tools/display.ts",
      "notebooks/kernels/deno/kernel.json",
    ])
      expect(existsSync(join(copy, file)), file).toBe(true);
    const files = readdirSync(copy, { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => /\.ipynb$/.test(file)).sort()).toEqual(
      real.map(({ name }) => join("student", `${name}.ipynb`)),
    );
    const secrets = real.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === "solution" ? [block.text.split("\n")[0]!] : [])),
    );
    expect(secrets.length).toBeGreaterThan(0);
    const texts = files
      .filter((file) => /\.(md|ipynb|html|ts)$/.test(file))
      .map((file) => readFileSync(join(copy, file), "utf8"))
      .join("\n");
    expect(secrets.filter((line) => texts.includes(line))).toEqual([]);
    // There the notebooks are to be committed.
    expect(readFileSync(join(copy, ".gitignore"), "utf8")).not.toContain("/student/");
    expect(studentNames(placesOf(undefined, copy), ["01"])).toEqual([real[0]!.name]);
  });

  test("goes to a new folder outside of the project", () => {
    expect(() => handOut(lessons, places, join(REPOSITORY, "lesson"))).toThrow(/lies inside of the project/);
    expect(() => handOut(lessons, places, path("copy"))).toThrow(/is not empty; expected a new folder/);
  });
});

describe("MyST", () => {
  test("has the outputs, a picture with its description, folded solutions, and nothing that a book would run", async () => {
    const { text, pictures } = mystPage({ name: "01-sample", notebook: await sampleNotebook(lessons[0]!) });
    expect([...pictures.keys()]).toEqual(["images/01-sample-1.png"]);
    expect(text).toMatch(/```\{figure\} images\/01-sample-1\.png\n:alt: Line chart of .*\n\nThe error falls/);
    expect(text).toMatch(/```\{admonition\} Solution\n:class: dropdown\n\nSince/);
    expect(text).toMatch(
      /````\{admonition\} Solution \(code\)\n:class: dropdown\n\n```typescript\nconst jac/,
    );
    expect(text).toContain("| forward | 3 | 444,158,000 | a \\| b |");
    expect(text).not.toMatch(/code-cell|<details>/);
    expect(text).toContain("```text\nprinted\n```");
  });

  test("of lessons that are no more is removed, with its pictures", async () => {
    const notebook = await sampleNotebook(lessons[0]!);
    for (const name of ["01-sample", "02-gone"])
      writeFileSync(join(places.notebooks, `${name}.ipynb`), notebookText(notebook));
    writeMyst(places);
    expect(existsSync(join(places.myst, "images/02-gone-1.png"))).toBe(true);
    rmSync(join(places.notebooks, "02-gone.ipynb"));
    writeMyst(places);
    expect(existsSync(join(places.myst, "02-gone.md"))).toBe(false);
    expect(existsSync(join(places.myst, "images/02-gone-1.png"))).toBe(false);
    expect(existsSync(join(places.myst, "images/01-sample-1.png"))).toBe(true);
  });
});

test("links lead to the same things from pages and from MyST", () => {
  const page = { extension: ".html", notebooks: "../../notebooks" };
  expect(retarget("05-skip-connections.ipynb#relu", page)).toBe("05-skip-connections.html#relu");
  expect(retarget("../src/README.md", page)).toBe("../../src/README.md");
  expect(retarget("https://example.org/a", page)).toBe("https://example.org/a");
  expect(retarget("#part", page)).toBe("#part");
  const text =
    "See [one](02-x.ipynb), ![p](../reports/p.svg)\n```text\n[no](02-x.ipynb)\n```\n[src](../src/a.ts)";
  expect(retargetMarkdown(text, { extension: ".md", notebooks: ".." })).toBe(
    "See [one](02-x.md), ![p](../../reports/p.svg)\n```text\n[no](02-x.ipynb)\n```\n[src](../../src/a.ts)",
  );
});

test("what looks like a link inside of code is code, and a link whose text is code is a link", () => {
  const target = { extension: ".md", notebooks: ".." };
  expect(retargetMarkdown("`T[…](X)` pushes, ``a`[b](c)`` too; see [`X`](../src/x.ts)", target)).toBe(
    "`T[…](X)` pushes, ``a`[b](c)`` too; see [`X`](../../src/x.ts)",
  );
});

test("lessons are found by parts of their names", () => {
  expect(lessonNames(places, ["sample"])).toEqual(["01-sample"]);
  expect(lessonNames(places, ["notebooks/01-sample.ipynb"])).toEqual(["01-sample"]);
  expect(() => lessonNames(places, ["skip"])).toThrow(
    /no lesson is called "skip"; expected a part of 01-sample/,
  );
});
