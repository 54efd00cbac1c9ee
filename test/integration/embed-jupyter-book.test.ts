/** @file Charts and numbers in a Jupyter Book 1: Sphinx copies pictures and frames, and substitutes numbers. */

import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { type CourseNotes, expectCharts, startNotes } from "../support/course-notes.ts";
import { temporaryFolder } from "../support/folder.ts";
import { findPythonWith } from "../support/python.ts";
import { runProcess } from "../support/run-command.ts";

// Version 2 has no such module: it is mystmd.
const python = findPythonWith(["jupyter_book.cli.main"], ["jupyter-book==1.0.4.post1"]);
const COMMAND = "import sys; from jupyter_book.cli.main import main; sys.exit(main())";

describe.skipIf(python === null)("Jupyter Book 1", () => {
  const inside = temporaryFolder();
  let notes: CourseNotes;
  let numbers: string;
  let log: string;

  beforeAll(async () => {
    notes = startNotes(inside("book"));
    notes.write(
      "_config.yml",
      "title: Notes",
      "execute: { execute_notebooks: 'off' }",
      "only_build_toc_files: true",
    );
    notes.write("_toc.yml", "format: jb-book", "root: intro", "chapters:", "  - file: week1/page");
    notes.write("intro.md", "# Home");
    mkdirSync(notes.path("week1"));
    numbers = await notes.numbers("myst-substitutions");
    const into = ["--for", "jupyter-book", "--into", "week1"];
    notes.write(
      "week1/page.md",
      "---",
      numbers.trim(),
      "---",
      "# Page\n",
      `They cross at n/m = {{ ${crossoverName()} }}.\n`,
      await notes.embed("ratio", ...into),
      "",
      await notes.embed("scaling", ...into, "--as", "interactive"),
    );
    const { code, stdout, stderr } = await runProcess(python!, ["-c", COMMAND, "build", "."], {
      cwd: notes.path(),
    });
    log = stdout + stderr;
    expect(code, log).toBe(0);
  });

  const crossoverName = (): string => /^ {4}(crossover\w*Typed):/m.exec(numbers)![1]!;
  const page = (): string => readFileSync(notes.path("_build/html/week1/page.html"), "utf8");

  test("builds without a warning", () => {
    expect(log).not.toMatch(/WARNING|ERROR/);
  });

  test("shows the charts", async () => {
    expect(page()).toMatch(/<img alt="Chart: [^"]*" src="\.\.\/_images\/scaling-ratio\.svg" \/>/);
    expect(existsSync(notes.path("_build/html/_images/scaling-ratio.svg"))).toBe(true);
    expect(page()).toContain('<iframe src="../_static/scaling-scaling.html"');
    const browser = await launchBrowser();
    const address = pathToFileURL(notes.path("_build/html/week1/page.html")).href;
    await expectCharts(browser, address, { pictures: 1, frames: 1 });
    await browser.close();
  });

  test("substitutes numbers by their names", () => {
    const stated = new RegExp(`${crossoverName()}: "([^"]+)"`).exec(numbers)![1]!;
    expect(stated).toMatch(/^\d\.\d\d$/);
    expect(page()).toContain(`They cross at n/m = ${stated}.`);
  });

  test("captions are the text that they are", () => {
    expect(page()).toMatch(
      /f \{\{ a\.b \}\} \{x\} &lt;b&gt;y&lt;\/b&gt; \$z\$ \*s\* _t_ \[l\]\(u\) 5 % # &amp; ~ \| \\ \^ fit é/,
    );
  });
});
