/** @file Progress: a bar on a terminal only, plain lines elsewhere, and the time that is left. */

import { describe, expect, test } from "vitest";
import { createProgress, duration, wantsBar } from "../../src/cli/progress.ts";
import { expandExperiment } from "../../src/experiment/expand.ts";
import { parseConfig } from "../../src/experiment/load-config.ts";
import { outputFolder } from "../../src/experiment/output-folder.ts";
import type { Job } from "../../src/experiment/run-experiment.ts";
import { exampleMeasurement } from "../support/example-results.ts";

test.each<[boolean | undefined, Record<string, string>, boolean]>([
  [true, {}, true],
  [true, { NO_COLOR: "", CI: "" }, true],
  [true, { NO_COLOR: "1" }, false],
  [true, { CI: "true" }, false],
  [false, {}, false],
  [undefined, {}, false],
])("terminal %s with %j: a bar %s", (isTTY, environment, bar) => {
  expect(wantsBar(isTTY === undefined ? {} : { isTTY }, environment)).toBe(bar);
});

function job(name: string): Job {
  const config = parseConfig({ name, title: "T", chain: { list: [[3, 5, 2]] } }, "f");
  const expanded = expandExperiment({ config, file: "f", model: null });
  return { config, configHash: "", expanded, folder: outputFolder("out", name), quick: false, shard: null };
}

describe("plain lines", () => {
  test("at the beginning, every ten seconds, and at the end", () => {
    const [first, second] = [job("first"), job("second")];
    let seconds = 0;
    let text = "";
    const write = (line: string): void => {
      text += line;
    };
    const progress = createProgress([first, second], () => 100, { write, bar: null, now: () => seconds });
    progress.begin(first, 100, 0);
    for (let i = 0; i < 100; i++) {
      seconds += 0.3;
      progress.step(exampleMeasurement());
    }
    progress.end();
    progress.begin(second, 100, 40);
    const lines = text.trimEnd().split("\n");
    // Ten times slower than guessed: what is left is scaled by that, and holds the second experiment.
    expect(lines).toEqual([
      "first: 0 of 100 measurements; 6 s left",
      expect.stringMatching(/^first: 3[45] of 100 measurements; (49|50) s left$/),
      expect.stringMatching(/^first: (67|68|69) of 100 measurements; (39|40) s left$/),
      expect.stringMatching(/^first: 100 of 100 measurements; 30 s left$/),
      expect.stringMatching(/^second: 40 of 100 measurements; 18 s left$/),
    ]);
  });
});

test.each([
  [0, "0 s"],
  [-3, "0 s"],
  [59.6, "60 s"],
  [99.4, "99 s"],
  [119.7, "2 min 0 s"],
  [190, "3 min 10 s"],
])("%d seconds are %s", (seconds, text) => expect(duration(seconds)).toBe(text));
