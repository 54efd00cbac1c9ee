/** @file The lessons run from scratch in a real kernel, in both versions; failures name the source; books take the MyST pages. */

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readNotebook } from "../../notebooks/tools/notebook.ts";
import { findEnvironment } from "../../notebooks/tools/python.ts";
import { temporaryFolder } from "../support/folder.ts";
import { findPythonWith } from "../support/python.ts";
import { type Finished, REPOSITORY, runProcess } from "../support/run-command.ts";
import { findBuilder } from "../support/site-builders.ts";

const MAIN = join(REPOSITORY, "notebooks", "tools", "main.ts");
const SAMPLE = join(REPOSITORY, "test", "fixtures", "lessons");
const MINUTES = 60_000;

const ready = await canRun();
const myst = findBuilder("mystmd", "myst");
// Version 2 has no such module: it is mystmd.
const jupyterBook = findPythonWith(["jupyter_book.cli.main"], ["jupyter-book==1.0.4.post1"]);

/** Whether there is a Python with Jupyter's client, or one can be made; else says loudly why not. */
async function canRun(): Promise<boolean> {
  try {
    await findEnvironment("run", () => {});
    return true;
  } catch (error) {
    console.warn(`SKIPPED: the lessons were not run. ${(error as Error).message}`);
    return false;
  }
}

function notebooks(...args: readonly string[]): Promise<Finished> {
  return runProcess(process.execPath, [MAIN, ...args], { cwd: REPOSITORY });
}

describe.skipIf(!ready)("the lessons", () => {
  const path = temporaryFolder();

  test(
    "give what is committed, and the students' versions run through",
    async () => {
      const { code, stderr } = await notebooks("--check");
      expect(code, stderr).toBe(0);
      expect(stderr).toMatch(/\d\d-[\w-]+ \(student's version\): \d+ code cells in [\d.]+ s/);
    },
    10 * MINUTES,
  );

  test(
    "leave nothing behind: no kernel, no scratch, nothing in the home folder",
    async () => {
      const home = path("home");
      mkdirSync(home);
      const { code, stderr } = await runProcess(
        process.execPath,
        [MAIN, "--from", SAMPLE, "--into", path("sample")],
        { cwd: REPOSITORY, env: { HOME: home, USERPROFILE: home } },
      );
      expect(code, stderr).toBe(0);
      expect(stderr).toMatch(/01-sample: 8 code cells in [\d.]+ s\n/);
      expect(readdirSync(home)).toEqual([]);
      const { cells } = readNotebook(readFileSync(path("sample/01-sample.ipynb"), "utf8"));
      const kinds = cells.flatMap((cell) =>
        cell.cell_type === "code" ? [cell.outputs.map(({ output_type }) => output_type).join(" ")] : [],
      );
      expect(kinds).toEqual([
        "",
        "execute_result",
        "display_data display_data stream",
        "execute_result",
        "execute_result",
        "error",
        "",
        "execute_result",
      ]);
      expect(existsSync(path("sample/pages/01-sample.html"))).toBe(true);
    },
    2 * MINUTES,
  );

  test(
    "that fail name source, line, cell and error; the others are run all the same",
    async () => {
      mkdirSync(path("wrong"));
      const lesson = (name: string, ...cells: readonly string[]): void =>
        writeFileSync(
          path("wrong", `${name}.md`),
          `# T\n\n${cells.map((cell) => `\`\`\`ts${cell}\n\`\`\``).join("\n\n")}\n`,
        );
      lesson("01-throws", "\nconst a = 1;", "\nif (a > 0) {\n  throw new Error('on purpose');\n}\na;");
      lesson("02-quiet", " throws\n1 + 1;");
      lesson("03-dies", "\nimport process from 'node:process';\nprocess.exit(3);");
      lesson("04-fine", "\n'fine';");
      const { code, stderr } = await notebooks("--from", path("wrong"), "--into", path("made"));
      expect(code).toBe(1);
      expect(stderr).toContain("notebooks/source/01-throws.md:8: code cell 2 of 2: Error: on purpose\n");
      expect(stderr).toContain(
        "02-quiet.md:4: code cell 1 of 1: it has the flag `throws` and raised no error\n",
      );
      expect(stderr).toMatch(/03-dies\.md:4: code cell 1 of 1: the kernel died/);
      expect(stderr).toMatch(/04-fine: 1 code cell in/);
      expect(stderr).toMatch(/3 notebooks of 4 failed/);
      expect(existsSync(path("made/04-fine.ipynb"))).toBe(true);
      expect(existsSync(path("made/01-throws.ipynb"))).toBe(false);
    },
    3 * MINUTES,
  );

  test(
    "that changed are found by --check, and cells of a wrong type are not run",
    async () => {
      const made = path("sample", "01-sample.ipynb");
      writeFileSync(made, readFileSync(made, "utf8").replace("printed\\n", "other\\n"));
      const changed = await notebooks("--check", "--from", SAMPLE, "--into", path("sample"));
      expect(changed.code).toBe(1);
      expect(changed.stderr).toMatch(
        /cell \d+ \("await display\("\): stdout, line 1, is "other"; a fresh run gave "printed"/,
      );
      mkdirSync(path("types"));
      writeFileSync(path("types", "01-t.md"), '# T\n\n```ts\nconst a: number = "b";\na;\n```\n');
      const types = await notebooks("--from", path("types"), "--into", path("made"));
      expect(types.code).toBe(1);
      expect(types.stderr).toMatch(
        /notebooks\/source\/01-t\.md:4:7: TS2322: .*\n1 fault in cells; nothing was run\n/,
      );
    },
    2 * MINUTES,
  );
});

type Node = {
  readonly type: string;
  readonly kind?: string;
  readonly value?: string;
  readonly alt?: string;
  readonly children?: readonly Node[];
};
const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)];

/** Copies the project's MyST pages to a folder; returns their names. */
function copiedPages(folder: string): string[] {
  const source = join(REPOSITORY, "notebooks", "myst");
  cpSync(source, folder, { recursive: true });
  return readdirSync(source).flatMap((file) => /^(\d\d-.*)\.md$/.exec(file)?.[1] ?? []);
}

describe.skipIf(myst === null)("MyST", () => {
  const path = temporaryFolder();
  let names: string[];
  beforeAll(async () => {
    names = copiedPages(path("book"));
    writeFileSync(path("book/home.md"), "# Lessons\n");
    writeFileSync(
      path("book/myst.yml"),
      `version: 1\nproject: { title: Lessons, toc: [{ file: home.md }, ${names.map((name) => `{ file: ${name}.md }`).join(", ")}] }\nsite: { template: book-theme }\n`,
    );
    // The content is written before the theme is fetched, so that the exit code says whether the server was there.
    await runProcess(myst!, ["build", "--site"], { cwd: path("book") });
  }, 3 * MINUTES);

  test("reads every page: formulas, pictures with words, folded solutions, and no cell to run", () => {
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const text = readFileSync(
        path("book/_build/site/content", `${name.replace(/^\d+-/, "")}.json`),
        "utf8",
      );
      const nodes = all((JSON.parse(text) as { mdast: Node }).mdast);
      expect(
        nodes.some(({ type }) => type === "inlineMath"),
        name,
      ).toBe(true);
      expect(
        nodes.filter(({ type }) => type === "image").every(({ alt }) => (alt ?? "").length >= 30),
        name,
      ).toBe(true);
      expect(
        nodes.some(({ type }) => type === "admonition"),
        name,
      ).toBe(true);
      expect(
        nodes.filter(({ type }) => /error|directiveError/i.test(type)),
        name,
      ).toEqual([]);
      expect(
        nodes.filter(({ kind }) => kind === "notebook-code"),
        name,
      ).toEqual([]);
    }
  });
});

describe.skipIf(jupyterBook === null)("Jupyter Book", () => {
  const path = temporaryFolder();

  test(
    "builds the pages without a warning of theirs, pictures and formulas included",
    async () => {
      const names = copiedPages(path("book"));
      writeFileSync(path("book/_config.yml"), "title: Lessons\nexecute: { execute_notebooks: 'off' }\n");
      writeFileSync(
        path("book/_toc.yml"),
        `format: jb-book\nroot: ${names[0]}\nchapters:\n${names
          .slice(1)
          .map((name) => `  - file: ${name}\n`)
          .join("")}`,
      );
      const { code, stdout, stderr } = await runProcess(jupyterBook!, [
        "-c",
        "import sys; from jupyter_book.cli.main import main; sys.exit(main())",
        "build",
        path("book"),
      ]);
      expect(code, stderr).toBe(0);
      // Links to the sources of the project lead nowhere in a book; Pygments does not know all of TypeScript.
      const warnings = (stdout + stderr).split("\n").filter((line) => /WARNING/.test(line));
      expect(
        warnings.filter((line) => !/cross-reference target|xref_missing|Lexing literal_block/.test(line)),
      ).toEqual([]);
      for (const name of names) {
        const html = readFileSync(path("book/_build/html", `${name}.html`), "utf8");
        expect(html).toMatch(/class="math notranslate/);
        expect(html).toMatch(/class="dropdown admonition"|class="admonition dropdown/);
      }
    },
    5 * MINUTES,
  );
});
