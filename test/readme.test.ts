/** @file The README's code runs, and says the truth: snippets are executed, numbers in their comments compared. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as api from "../src/index.ts";
import { STRATEGIES } from "../src/strategies/index.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** Code blocks of a language. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(
    (match) => match[1]!,
  );
}

describe("the README", () => {
  const [code] = blocks("ts");

  it("imports only what the package exports", () => {
    const names = code!.match(/import \{ (.*?) \} from "jacobench"/)![1]!.split(", ");
    for (const name of names) expect(api, name).toHaveProperty(name);
  });

  it("states in comments what its lines compute", () => {
    const body = code!
      .replace(/import .*\n/, "")
      .replace(/^(.*\.fma); \/\/ (\d+) = .*$/gm, "stated.push([$1, $2]);");
    const names = Object.keys(api);
    const run = new Function(...names, "stated", body);
    const stated: [number, number][] = [];
    run(...Object.values(api), stated);
    expect(stated.length).toBeGreaterThanOrEqual(2);
    for (const [computed, comment] of stated) expect(computed).toBe(comment);
  });

  it("names every strategy", () => {
    const table = readme.slice(readme.indexOf("| strategy | what it does |"));
    for (const { id } of STRATEGIES)
      expect(table).toContain(id.replace(/^finite-differences-central$/, "`-central`"));
  });

  it("has no placeholder left", () => {
    expect(readme).not.toMatch(/[A-Z]{3,}_(OUTPUT|SENTENCE)/);
  });
});
