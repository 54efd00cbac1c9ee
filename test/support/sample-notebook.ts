/** @file The sample lesson with the outputs that a run gives, made without a kernel: what its cells show is known. */

import type { TopLevelSpec } from "vega-lite";
import { chart, type Displayed, markdown, show, table } from "../../notebooks/tools/display.ts";
import type { CodeCell, Notebook, Output } from "../../notebooks/tools/notebook.ts";
import { notebookOf } from "../../notebooks/tools/notebook.ts";
import type { Lesson } from "../../notebooks/tools/source.ts";
import { vector } from "../../src/array.ts";

const SPEC = {
  title: "The error falls with the step",
  width: 420,
  height: 240,
  data: { values: Array.from({ length: 9 }, (_, i) => ({ h: 10 ** -i, error: 10 ** -i })) },
  mark: { type: "line", point: true },
  encoding: {
    x: { field: "h", type: "quantitative", title: "step h", scale: { type: "log" } },
    y: { field: "error", type: "quantitative", title: "relative error", scale: { type: "log" } },
  },
} as unknown as TopLevelSpec;

const DESCRIPTION =
  "Line chart of the relative error against the step, both logarithmic: a straight line of slope one.";

/**
 * The teacher's notebook of `test/fixtures/lessons/01-sample.md`, as if it had been run.
 *
 * @param lesson - the sample
 */
export async function sampleNotebook(lesson: Lesson): Promise<Notebook> {
  const notebook = notebookOf(lesson, "teacher");
  let count = 0;
  const cells = await Promise.all(
    notebook.cells.map(async (cell) => {
      if (cell.cell_type !== "code") return cell;
      count++;
      return { ...cell, execution_count: count, outputs: await outputsOf(cell.source, count) } as CodeCell;
    }),
  );
  return { ...notebook, cells };
}

async function outputsOf(source: string, count: number): Promise<Output[]> {
  const result = async (shown: Displayed): Promise<Output> => ({
    output_type: "execute_result",
    data: await bundle(shown),
    metadata: {},
    execution_count: count,
  });
  if (source.includes("show(column)")) return [await result(show(vector([-0.431928, -0.357743])))];
  if (source.includes("performance.now")) return [await result(show("it took 0.005 ms in Deno"))];
  if (source.includes("chart(")) return [await result(chart(SPEC, DESCRIPTION))];
  if (source.includes("show(jacobian")) {
    const rows = [
      [0.16, -0.16],
      [-0.16, 0.16],
    ];
    return [await result(show(rows))];
  }
  if (source.includes("basis(2, 0)")) {
    const evalue = "jvp: tangent has length 2; expected n = 3 (chain.widths[0])";
    return [
      { output_type: "error", ename: "JacobenchError", evalue, traceback: [`JacobenchError: ${evalue}`] },
    ];
  }
  if (!source.includes("await display")) return [];
  const rows = [
    { mode: "forward", products: 3, fma: 444158000, note: "a | b" },
    { mode: "reverse", products: 2, fma: 1 / 3, note: "$m\\Sigma$" },
  ];
  const shown = [markdown("The sum is $\\Sigma = 3 \\cdot 5 + 5 \\cdot 2$."), table(rows)];
  const outputs = await Promise.all(
    shown.map(
      async (one): Promise<Output> => ({
        output_type: "display_data",
        data: await bundle(one),
        metadata: {},
      }),
    ),
  );
  return [...outputs, { output_type: "stream", name: "stdout", text: "printed\n" }];
}

function bundle(shown: Displayed): Promise<Record<string, unknown>> {
  const display = shown as unknown as Record<symbol, () => Promise<Record<string, unknown>>>;
  return display[Symbol.for("Jupyter.display")]!();
}
