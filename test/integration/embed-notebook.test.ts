/** @file Charts in a Jupyter notebook: the printed cell runs, its output has every form, and nbconvert shows the picture. */

import { readFileSync } from "node:fs";
import { PNG } from "pngjs";
import { beforeAll, describe, expect, test } from "vitest";
import { type CourseNotes, startNotes } from "../support/course-notes.ts";
import { temporaryFolder } from "../support/folder.ts";
import { findPythonWith } from "../support/python.ts";
import { runProcess } from "../support/run-command.ts";

const python = findPythonWith(["nbconvert", "ipykernel"], ["nbconvert==7.17.2", "ipykernel"]);

type Output = { readonly data: Readonly<Record<string, unknown>> };

describe.skipIf(python === null)("a notebook", () => {
  const inside = temporaryFolder();
  let notes: CourseNotes;
  let outputs: readonly Output[];

  const nbconvert = async (...args: readonly string[]): Promise<void> => {
    const { code, stderr } = await runProcess(python!, ["-m", "nbconvert", ...args], { cwd: notes.path() });
    expect(code, stderr).toBe(0);
  };

  beforeAll(async () => {
    notes = startNotes(inside("notes"));
    const cell = (cell_type: "code" | "markdown", id: string, source: string) => ({
      cell_type,
      id,
      metadata: {},
      source,
      ...(cell_type === "code" ? { execution_count: null, outputs: [] } : {}),
    });
    const notebook = {
      cells: [
        cell("code", "live", await notes.embed("scaling", "--for", "jupyter")),
        cell("markdown", "picture", await notes.embed("ratio", "--for", "jupyter", "--as", "picture")),
      ],
      metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    notes.write("chart.ipynb", JSON.stringify(notebook));
    await nbconvert("--execute", "--to", "notebook", "--inplace", "chart.ipynb");
    outputs = JSON.parse(readFileSync(notes.path("chart.ipynb"), "utf8")).cells[0].outputs;
  });

  test("the cell's output has what each viewer takes", () => {
    const [chart, caption] = outputs;
    expect(Object.keys(chart!.data).sort()).toEqual([
      "application/vnd.vegalite.v5+json",
      "image/png",
      "text/plain",
    ]);
    // JupyterLab wants an object, not its text.
    expect(chart!.data["application/vnd.vegalite.v5+json"]).toMatchObject({ $schema: /\/v5\.json$/ });
    expect(caption!.data).toHaveProperty("text/markdown");
  });

  test("nbconvert shows the picture of the cell and that of the text", async () => {
    await nbconvert("--to", "html", "--embed-images", "chart.ipynb");
    const page = readFileSync(notes.path("chart.html"), "utf8");
    const pictures = [...page.matchAll(/<img[^>]*src="data:image\/png;base64,([^"]+)"/g)].map(([, data]) =>
      PNG.sync.read(Buffer.from(data!.replace(/\s/g, ""), "base64")),
    );
    expect(pictures).toHaveLength(2);
    for (const { width, height } of pictures) {
      expect(width).toBeGreaterThan(600);
      expect(height).toBeGreaterThan(300);
    }
    expect(page).toMatch(/alt="Chart: Forward \/ reverse over the n × m grid/);
    expect(page).toMatch(/<em>Time grows as/);
  });
});
