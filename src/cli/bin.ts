#!/usr/bin/env node
/** @file What `npx jacobench` runs: checks Node's version before anything else is loaded. */

import { nodeVersionProblem } from "./node-version.ts";

const problem = nodeVersionProblem(process.versions.node);
if (problem === null) {
  await import("./main.ts");
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
