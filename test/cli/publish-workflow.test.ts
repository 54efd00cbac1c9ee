/** @file The example workflow of CI: its commands exist here, its folders fit together. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { expect, test } from "vitest";
import { registerSweep } from "../../src/cli/sweep.ts";
import { REPOSITORY } from "../support/run-command.ts";

const text = readFileSync(join(REPOSITORY, "analysis/experiments/cluster/publish-reports.yml"), "utf8");
const commands = [...text.matchAll(/^ +(?:- )?run: (.+)$/gm)].map(([, command]) => command!);

test("runs scripts that package.json has, with options that the command knows", () => {
  expect(commands).toEqual(expect.arrayContaining(["npm ci", "npm run sweep -- --out site"]));
  const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
  for (const [, name] of text.matchAll(/npm run (\S+)/g)) expect(Object.keys(scripts)).toContain(name);
  const program = new Command();
  registerSweep(program);
  const known = program.commands[0]!.options.map(({ long }) => long);
  for (const [, option] of text.matchAll(/ (--[a-z]+)/g)) expect(known).toContain(option);
});

test("publishes the folder that the sweep writes", () => {
  expect(text).toMatch(/^ +path: site$/m);
  expect(commands).toContain('cat site/index.md >> "$GITHUB_STEP_SUMMARY"');
});

test("is indented by two spaces throughout, as YAML wants it", () => {
  expect(text).not.toMatch(/\t|\r/);
  const indents = text
    .split("\n")
    .filter((line) => /\S/.test(line))
    .map((line) => line.search(/\S/));
  expect(indents.filter((indent) => indent % 2 === 1)).toEqual([]);
});
