/** @file Where syntax errors of JSON are said to stand, repeated keys, and the canonical form. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, parseJson } from "../src/json.ts";

describe("parseJson", () => {
  test.each([
    ['{"a": 1,}', "f:1:9: found `}`; expected a key in double quotes"],
    ['{\n  "a": 1\n  "b": 2\n}', 'f:3:3: found `"`; expected a comma or a closing brace'],
    ['{\n  "a": NaN }', "f:2:8: found `NaN`; expected a value"],
    ["[1, 2", "f:1:6: found the end of the file; expected a comma or a closing bracket"],
    ["[01]", "f:1:2: found `01`; expected a value"],
    ['["a\nb"]', 'f:1:2: found `"`; expected a string closed'],
    ["{a: 1}", "f:1:2: found `a`; expected a key in double quotes"],
    ['{"a" 1}', "f:1:6: found `1`; expected a colon after the key"],
    ["", "f:1:1: found the end of the file; expected a value"],
    ["{} x", "f:1:4: found `x`; expected the end of the file"],
    ['{"n": 1, "n": 2}', 'f:1:10: found the key "n" again; expected each key once'],
  ])("%j", (text, message) => {
    expect(() => parseJson(text, "f")).toThrow(message);
    expect(() => parseJson(text, "f")).toThrow(expect.objectContaining({ code: "ERR_CONFIG" }));
  });

  test("accepts what JSON.stringify writes, with any spacing, and a byte order mark", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 3 }), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseJson(`\uFEFF${text}`, "f")).toEqual(JSON.parse(text));
      }),
    );
  });

  test("refuses exactly what JSON.parse refuses, repeated keys aside", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"b"',
      "1",
      "-",
      "0",
      ".5",
      "e3",
      "true",
      "nul",
      " ",
      "\\",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join("");
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (valid && /again/.test(message(text) ?? "")) return;
        expect(message(text) === null).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });
});

test("canonicalJson does not depend on the order of keys", () => {
  expect(canonicalJson({ b: [1, { d: undefined, c: null }], a: "x" })).toBe('{"a":"x","b":[1,{"c":null}]}');
  expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
});

function message(text: string): string | null {
  try {
    parseJson(text, "f");
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
