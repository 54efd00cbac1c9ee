/** @file The text of results.json. Apart from its schema, so that a page can write it without the library that reads it. */

import type { Results } from "./types.ts";

/**
 * The content of results.json, the same text for the same results.
 *
 * @param results - what was measured
 * @returns JSON, one record a line, so that versions can be compared line by line
 */
export function formatResults(results: Results): string {
  const lines = Object.entries(results).map(([key, value]) => {
    const text =
      Array.isArray(value) && value.length > 0
        ? `[\n${value.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`
        : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}
