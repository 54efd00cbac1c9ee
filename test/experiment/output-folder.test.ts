/** @file Replacing a report: after a crash at any step, the next start finds the old report or the new one, whole. */

import fs, { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { afterEach, describe, expect, test } from "vitest";
import {
  outputFolder,
  publishReport,
  repairFolder,
  startPartial,
} from "../../src/experiment/output-folder.ts";
import { temporaryFolder } from "../support/folder.ts";

const path = temporaryFolder();
const real = { renameSync: fs.renameSync, rmSync: fs.rmSync, writeSync: fs.writeSync };
const files = new Map([
  ["results.json", "new results"],
  ["index.md", "new index"],
  ["charts/a.svg", "new chart"],
]);

afterEach(() => {
  Object.assign(fs, real);
  syncBuiltinESMExports();
});

/** Makes the n-th of these calls, and all after it, fail as if the process had died there. */
function dieAt(step: number): void {
  let count = 0;
  for (const name of ["renameSync", "rmSync", "writeSync"] as const) {
    const original = real[name] as (...args: unknown[]) => unknown;
    Object.assign(fs, {
      [name]: (...args: unknown[]) => {
        if (++count >= step) throw new Error("killed here");
        return original(...args);
      },
    });
  }
  syncBuiltinESMExports();
}

function content(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder, { recursive: true }) as string[];
  const found = names.filter((name) => fs.statSync(`${folder}/${name}`).isFile()).sort();
  return Object.fromEntries(found.map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]));
}

function prepare(out: string, withOld: boolean) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const folder = outputFolder(out, "e");
  if (withOld) {
    mkdirSync(folder.final);
    writeFileSync(folder.results, "old results");
  }
  startPartial(folder);
  writeFileSync(folder.journal, "journal");
  return folder;
}

const whole = { "charts/a.svg": "new chart", "index.md": "new index", "results.json": "new results" };

test("the new report takes the place of the old; the journal and what lay about are gone", () => {
  const folder = prepare(path("plain"), true);
  writeFileSync(`${folder.partial}/left-over`, "x");
  publishReport(folder, files);
  expect(content(folder.final)).toEqual(whole);
  expect(readdirSync(path("plain"))).toEqual(["e"]);
});

describe.each([true, false])("with an old report: %s", (withOld) => {
  test("a crash at any step leaves the old report or the new one, and no measurement is lost", () => {
    const out = path(`crash-${withOld}`);
    const outcomes = new Set<string>();
    for (let step = 1; ; step++) {
      const folder = prepare(out, withOld);
      dieAt(step);
      let died = false;
      try {
        publishReport(folder, files);
      } catch {
        died = true;
      }
      Object.assign(fs, real);
      syncBuiltinESMExports();
      if (!died) break;
      repairFolder(folder);
      const isNew = content(folder.final)["index.md"] !== undefined;
      outcomes.add(isNew ? "new" : "old");
      if (isNew) {
        expect(content(folder.final)).toEqual(whole);
        expect(readdirSync(out)).toEqual(["e"]);
      } else {
        expect(content(folder.final)).toEqual(withOld ? { "results.json": "old results" } : {});
        expect(readFileSync(folder.journal, "utf8")).toBe("journal");
      }
    }
    expect(outcomes).toEqual(new Set(["old", "new"]));
  });
});

test("nothing to repair is nothing done", () => {
  const folder = prepare(path("fine"), true);
  expect(repairFolder(folder)).toBeNull();
  expect(readdirSync(path("fine"))).toEqual(["e", "e.partial"]);
});
