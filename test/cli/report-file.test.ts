/** @file `report` and `compare` on single results files, such as the explorer saves. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { formatResults } from "../../src/results/parse.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";
import { gridWidths, syntheticResults } from "../support/synthetic-results.ts";

const path = temporaryFolder();
const run = (...args: readonly string[]) => runJacobench(args, { cwd: path() });
const results = (rngSeed: number) =>
  syntheticResults({
    widths: gridWidths([4, 16], [4, 16], [16, 48]),
    noise: { case: 0, process: 0.01, round: 0.02 },
    rngSeed,
    experiment: "explorer",
    config: { report: { charts: ["scaling"] } },
  });

beforeAll(() => {
  for (const [i, name] of ["alice", "bob"].entries())
    writeFileSync(path(`${name}.json`), formatResults(results(i + 1)));
  const [environment] = results(1).environments;
  const browser = {
    ...environment!,
    runtime: "browser",
    runtimeVersion: "Firefox 151",
    crossOriginIsolated: true,
  };
  writeFileSync(
    path("firefox.json"),
    formatResults({ ...results(3), environments: [{ ...browser, runtime: "browser" as const }] }),
  );
});

test("a file's report goes to a folder of its name, with the file; again is the same", async () => {
  const first = await run("report", "alice.json");
  expect(first).toMatchObject({ code: 0, stdout: "alice/index.md\n", stderr: "" });
  expect(readFileSync(path("alice", "results.json"), "utf8")).toBe(readFileSync(path("alice.json"), "utf8"));
  for (const name of ["index.html", "index.md", "results.csv", "charts/scaling.svg"])
    expect(existsSync(path("alice", name)), name).toBe(true);
  const page = readFileSync(path("alice", "index.md"), "utf8");
  for (const again of ["alice", "alice.json"])
    expect(await run("report", again)).toMatchObject({ code: 0, stdout: "alice/index.md\n" });
  expect(readFileSync(path("alice", "index.md"), "utf8")).toBe(page);
});

test("not over the report of other results; --out names another folder, for files alone", async () => {
  mkdirSync(path("taken"));
  writeFileSync(path("taken", "results.json"), formatResults(results(1)));
  const refused = await run("report", "bob.json", "--out", "taken");
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(
    /^jacobench: taken: holds the report of other results; expected a new folder/,
  );
  const folder = await run("report", "taken", "--out", "else");
  expect(folder.code).toBe(2);
  expect(folder.stderr).toMatch(/--out is "else", but taken is no file/);
  writeFileSync(path("bad.json"), "[]");
  expect((await run("report", "bad.json")).stderr).toMatch(/bad\.json: no schemaVersion found/);
  expect(existsSync(path("bad"))).toBe(false);
});

test("a browser's report says what it is of, and how to measure again", async () => {
  await run("report", "firefox.json");
  const page = readFileSync(path("firefox", "index.md"), "utf8");
  expect(page).toMatch(/browser Firefox 151 \|/);
  expect(page).toMatch(/cross-origin isolated/);
  expect(page).toMatch(/npm run sweep -- explorer\.json/);
  expect(page).not.toMatch(/git checkout/);
});

test("compare takes files and folders alike, and names the runtimes where they differ", async () => {
  const same = await run("compare", "alice.json", "bob.json");
  expect(same.stdout).toMatch(/^Nothing changed: 16 times compared/);
  const browsers = await run("compare", "alice", "firefox.json", "--format", "json");
  expect(JSON.parse(browsers.stdout).notes).toContain("runtime: Node v24.21.0 in A, Firefox 151 in B");
});
