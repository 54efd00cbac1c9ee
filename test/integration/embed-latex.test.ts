/** @file Charts and numbers in a paper: pdfLaTeX compiles the printed snippet, and the PDF holds the chart. */

import { beforeAll, describe, expect, test } from "vitest";
import { AXIS_WORDS, type CourseNotes, startNotes } from "../support/course-notes.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runProcess } from "../support/run-command.ts";
import { findPrograms } from "../support/site-builders.ts";

const ready = findPrograms({
  pdflatex: "texlive-latex-base texlive-latex-extra",
  pdftotext: "poppler-utils",
  pdffonts: "poppler-utils",
});

describe.skipIf(!ready)("LaTeX", () => {
  const inside = temporaryFolder();
  let notes: CourseNotes;

  beforeAll(() => {
    notes = startNotes(inside("paper"));
  });

  /** Compiles twice, for references; the log of the second run. */
  async function compile(name: string): Promise<string> {
    let log = "";
    for (let run = 0; run < 2; run++) {
      const { code, stdout } = await runProcess(
        "pdflatex",
        ["-interaction=nonstopmode", "-halt-on-error", `${name}.tex`],
        { cwd: notes.path() },
      );
      expect(code, stdout.slice(-2000)).toBe(0);
      log = stdout;
    }
    return log;
  }

  const textOf = async (name: string): Promise<string> =>
    (await runProcess("pdftotext", ["-layout", `${name}.pdf`, "-"], { cwd: notes.path() })).stdout;

  test("figures of both sizes, with captions, labels, and fonts inside", async () => {
    const figures = [
      await notes.embed("ratio", "--for", "latex"),
      await notes.embed("scaling", "--for", "latex", "--size", "page"),
    ];
    notes.write(
      "paper.tex",
      "\\documentclass[twocolumn]{article}",
      "\\usepackage{graphicx}",
      "\\begin{document}",
      "Figures \\ref{fig:scaling-ratio} and \\ref{fig:scaling-scaling}.",
      ...figures,
      "\\end{document}",
    );
    const log = await compile("paper");
    expect(log).not.toMatch(/^!|undefined|LaTeX Warning: (?!Label)/m);
    const text = await textOf("paper");
    expect(text).toMatch(AXIS_WORDS);
    expect(text).toMatch(/Figures 1 and 2\./);
    expect(text).toMatch(/Figure 1: \w+/);
    expect(text.replace(/\s+/g, " ")).toContain("f {{ a.b }} {x}");
    const fonts = (await runProcess("pdffonts", ["paper.pdf"], { cwd: notes.path() })).stdout;
    expect(fonts).toMatch(/DejaVuSans\s.*\byes\b/);
    expect(
      fonts
        .split("\n")
        .slice(2)
        .filter((line) => /\bno\b\s+\S+\s+\S+\s+\d+\s+\d+\s*$/.test(line) && /^\S+DejaVu/.test(line)),
    ).toEqual([]);
  });

  test("every number under its name", async () => {
    const macros = await notes.numbers("tex-macros");
    notes.write("numbers.tex", macros);
    const names = [...macros.matchAll(/^\\newcommand\{\\(\w+)\}/gm)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(30);
    const crossover = names.find((name) => /^crossover.*Typed$/.test(name))!;
    notes.write(
      "numbers-paper.tex",
      "\\documentclass{article}",
      "\\input{numbers}",
      "\\begin{document}",
      `They cross at n/m = \\${crossover}{}.`,
      // One paragraph each: none may stop TeX.
      ...names.map((name) => `\n\\${name}{} end.`),
      "\\end{document}",
    );
    await compile("numbers-paper");
    const start = `\\newcommand{\\${crossover}}{`;
    const line = macros.split("\n").find((one) => one.startsWith(start))!;
    const stated = line.slice(start.length, -1);
    expect(stated).toMatch(/^\d\.\d\d$/);
    expect(await textOf("numbers-paper")).toContain(`They cross at n/m = ${stated}.`);
  });
});
