/** @file The list of experiments beside their folders: complete after each run, again the same, forgiving of what is broken. */

import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { writeIndex } from "../../src/cli/write-index.ts";
import { temporaryFolder } from "../support/folder.ts";
import { runJacobench } from "../support/run-command.ts";
import { writeConfig } from "../support/sweep.ts";

const path = temporaryFolder();
const run = (...args: readonly string[]) => runJacobench(args, { cwd: path() });
const titles = (): string[] =>
  [...readFileSync(path("out", "index.md"), "utf8").matchAll(/^## \[(.+?)\]/gm)].map(([, title]) => title!);

beforeAll(async () => {
  writeConfig(path("zebra.json"), { name: "zebra", title: "Zebra" });
  writeConfig(path("apple.json"), { name: "apple", title: "Apple" });
  writeConfig(path("scaling.json"), { name: "scaling", title: "The main question" });
  expect(await run("sweep", "zebra.json", "--out", "out")).toMatchObject({ code: 0 });
  expect(titles()).toEqual(["Zebra"]);
  expect(await run("sweep", "apple.json", "scaling.json", "--out", "out")).toMatchObject({ code: 0 });
});

test("names the experiments of earlier runs too, the shipped ones first", () => {
  expect(titles()).toEqual(["The main question", "Apple", "Zebra"]);
  const html = readFileSync(path("out", "index.html"), "utf8");
  for (const [, href] of html.matchAll(/<h2[^>]*><a href="([^"]+)"/g))
    expect(existsSync(path("out", href!))).toBe(true);
});

test("is written again alike by report", async () => {
  const read = () => ["index.html", "index.md"].map((name) => readFileSync(path("out", name), "utf8"));
  const before = read();
  rmSync(path("out", "index.html"));
  expect(await run("report", "out")).toMatchObject({ code: 0, stderr: "" });
  expect(read()).toEqual(before);
});

test("leaves out shards, reports of another version and broken ones, and fails for none of them", () => {
  cpSync(path("out", "zebra"), path("out", "shard"), { recursive: true });
  writeFileSync(path("out", "shard", "shard.json"), '{"index":1,"count":2}');
  mkdirSync(path("out", "broken"));
  writeFileSync(path("out", "broken", "results.json"), '{"schemaVersion": 99');
  mkdirSync(path("out", "without-page"));
  copyFileSync(path("out", "zebra", "results.json"), path("out", "without-page", "results.json"));
  expect(writeIndex(path("out"))).toEqual([path("out", "index.html"), path("out", "index.md")]);
  expect(titles()).toEqual(["The main question", "Apple", "Zebra"]);
});

test("writes nothing into the folder of one experiment", () => {
  const before = readFileSync(path("out", "zebra", "index.html"), "utf8");
  expect(writeIndex(path("out", "zebra"))).toEqual([]);
  expect(readFileSync(path("out", "zebra", "index.html"), "utf8")).toBe(before);
});
