/** @file The rules of the house as tests: direction of imports, names, docstrings, sizes, forbidden calls. */

import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { REPOSITORY } from "./support/run-command.ts";
import { importsOf, resolveImport, type SourceFile, sourceFiles } from "./support/source-files.ts";

const FILES = sourceFiles("src", "analysis");
const TEST_FILES = sourceFiles("test", "notebooks/tools");

/**
 * The folders in the order in which data flows: a file imports from its own folder and from those before it. Files that
 * stand alone in src come first; `src/index.ts` collects the public names of what stands before it.
 */
const ORDER = [
  "src",
  "src/kernels",
  "src/linear-map",
  "src/chain",
  "src/cost",
  "src/planner",
  "src/strategies",
  "src/ad",
  "src/statistics",
  "src/results",
  "src/measure",
  "src/experiment",
  "src/peers",
  "src/lessons",
  "src/index.ts",
  "analysis",
  "src/explorer",
  "src/cli",
];

/** Folders that compute from their arguments alone: no clock, no files, no processes. */
const PURE = [
  "src/kernels",
  "src/linear-map",
  "src/chain",
  "src/cost",
  "src/strategies",
  "src/ad",
  "src/planner",
  "src/lessons",
];
const PURE_TOO = ["src/statistics", "src/results", "analysis/laws", "analysis/charts", "analysis/table.ts"];

const isIn = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

function rank(path: string): number {
  const matches = ORDER.map((folder, i) => (isIn(path, folder) ? i : -1));
  return Math.max(...matches);
}

/** `path:line` of every line of code that matches, for messages that can be clicked. */
function linesThat(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, lines }) =>
    lines.flatMap((line, i) =>
      pattern.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line) ? [`${path}:${i + 1}`] : [],
    ),
  );
}

test("there is something to check", () => {
  expect(FILES.length).toBeGreaterThan(50);
  expect(FILES.flatMap(importsOf).length).toBeGreaterThan(FILES.length);
});

test("every folder has its place in the order", () => {
  const known = new Set(ORDER.flatMap((folder) => [folder, folder.split("/").slice(0, 2).join("/")]));
  const folders = new Set(FILES.map(({ path }) => path.split("/").slice(0, 2).join("/")));
  const unknown = [...folders].filter(
    (folder) => !folder.endsWith(".ts") && !known.has(folder) && !isIn(folder, "analysis"),
  );
  expect(unknown).toEqual([]);
});

test("imports go up the order, never down", () => {
  const wrong = FILES.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => resolveImport(file, specifier))
      .filter((target) => rank(target) > rank(file.path))
      .map((target) => `${file.path} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("analysis never measures: nothing of src/measure, and of src/experiment only types", () => {
  const wrong = FILES.filter(({ path }) => isIn(path, "analysis")).flatMap((file) =>
    file.lines
      .filter(
        (line) =>
          /from "[./]+\/src\/(measure|experiment)\//.test(line) && !/^(import|export) type /.test(line),
      )
      .map((line) => `${file.path}: ${line}`),
  );
  expect(wrong).toEqual([]);
});

test("only the sampler imports benchmark", () => {
  const users = [...FILES, ...TEST_FILES].filter((file) => importsOf(file).includes("benchmark"));
  expect(users.map(({ path }) => path)).toEqual(["src/measure/sampler.ts"]);
});

test("relative imports name the file with its extension", () => {
  const wrong = FILES.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => specifier.startsWith(".") && !/\.(ts|json)$/.test(specifier))
      .map((specifier) => `${file.path} imports ${specifier}`),
  );
  expect(wrong).toEqual([]);
});

test("every imported package is declared: at run time as a dependency", () => {
  const manifest = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
  const declared = new Set([
    ...Object.keys(manifest.dependencies),
    // Loaded on demand: their users say what is missing where they are not installed.
    ...Object.keys(manifest.optionalDependencies),
    ...builtinModules.map((name) => `node:${name}`),
  ]);
  const packageOf = (specifier: string): string =>
    specifier.startsWith("@") || specifier.startsWith("node:")
      ? specifier.split("/").slice(0, 2).join("/")
      : specifier.split("/")[0]!;
  // Build scripts run in a clone only, where the tools of development are installed.
  const published = FILES.filter(({ path }) => !path.startsWith("src/explorer/build/"));
  const undeclared = published.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => !specifier.startsWith("."))
      .filter((specifier) => !declared.has(specifier) && !declared.has(packageOf(specifier)))
      .map((specifier) => `${file.path} imports ${specifier}`),
  );
  expect(undeclared).toEqual([]);
});

test("every dependency is imported", () => {
  const manifest = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
  const used = FILES.map(({ text }) => text).join("\n");
  const typesOf = (name: string): string => name.replace(/^@types\//, "");
  const unused = Object.keys(manifest.dependencies).filter((name) => !used.includes(`"${typesOf(name)}`));
  expect(unused).toEqual([]);
});

test("random numbers come from random.ts alone", () => {
  const elsewhere = FILES.filter(({ path }) => path !== "src/random.ts");
  expect(linesThat(elsewhere, /Math\.random\b|\bgetRandomValues\b/)).toEqual([]);
  const drawn = elsewhere.filter((file) =>
    importsOf(file).some((specifier) => specifier.startsWith("pure-rand")),
  );
  expect(drawn.map(({ path }) => path)).toEqual([]);
});

test("pure folders read no clock, no file and no process", () => {
  const pure = FILES.filter(({ path }) => [...PURE, ...PURE_TOO].some((folder) => isIn(path, folder)));
  expect(linesThat(pure, /\bDate\.now\b|\bnew Date\(\)|\bperformance\b|\bprocess\./)).toEqual([]);
  const reaching = pure.filter((file) => importsOf(file).some((specifier) => specifier.startsWith("node:")));
  expect(reaching.map(({ path }) => path)).toEqual([]);
});

test("the first line of a file says what it holds", () => {
  const wrong = [...FILES, ...TEST_FILES].filter(({ lines }) => {
    const first = lines[0]!.startsWith("#!") ? lines[1] : lines[0];
    const opening = first === "/**" ? `/** ${lines[1]?.replace(/^ \* /, "")}` : (first ?? "");
    return !/^\/\*\* @file \S.{15,}/.test(opening);
  });
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test("no file is longer than 400 lines", () => {
  const long = [...FILES, ...TEST_FILES].filter(({ lines }) => lines.length > 400);
  expect(long.map(({ path, lines }) => `${path}: ${lines.length}`)).toEqual([]);
});

test("exports have names: no default, no star", () => {
  expect(linesThat([...FILES, ...TEST_FILES], /^export (default|\*)/)).toEqual([]);
});

test("every exported function and class has a docstring", () => {
  const bare = FILES.flatMap(({ path, lines }) =>
    lines.flatMap((line, i) => {
      if (!/^export (async )?(function|class)\b|^export const \w+[^=]*= (async )?(\(|<)/.test(line))
        return [];
      let above = i - 1;
      while (/^\s*\/\/ biome-ignore/.test(lines[above] ?? "")) above--;
      return /\*\/\s*$/.test(lines[above] ?? "") && !/^\/\*\* @file/.test(lines[above]!)
        ? []
        : [`${path}:${i + 1}`];
    }),
  );
  expect(bare).toEqual([]);
});

test("nothing is left to do later, and nothing names a machine's folders", () => {
  const all = [...FILES, ...TEST_FILES].filter(({ path }) => path !== "test/architecture.test.ts");
  const later = all.filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text));
  expect(later.map(({ path }) => path)).toEqual([]);
  expect(linesThat(all, /["'`(\s](\/home|\/root|\/Users|\/work)\//)).toEqual([]);
});

test("tests are neither skipped in silence nor alone", () => {
  expect(linesThat(TEST_FILES, /\b(test|it|describe)\.only\b|\b(xit|xtest|xdescribe)\(/)).toEqual([]);
});
