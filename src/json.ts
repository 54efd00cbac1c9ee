/** @file JSON as text: where a syntax error stands, repeated keys, and a canonical form for hashes. */

import { JacobenchError } from "./errors.ts";

/**
 * Parses JSON; a syntax error is reported with line and column, and so is a key that stands twice in one object (which
 * `JSON.parse` would accept in silence).
 *
 * @param text - the content of a file
 * @param where - the file's name, for the message
 * @returns the value
 * @throws {JacobenchError} `ERR_CONFIG`
 */
export function parseJson(text: string, where: string): unknown {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const problem = new Scanner(source).scan();
  if (problem !== null) {
    const before = source.slice(0, problem.position).split("\n");
    const place = `${where}:${before.length}:${before.at(-1)!.length + 1}`;
    throw new JacobenchError("ERR_CONFIG", `${place}: found ${problem.found}; expected ${problem.expected}`);
  }
  return JSON.parse(source);
}

/**
 * The canonical form of a JSON value: keys sorted, no spaces, undefined members left out. Equal values have equal forms.
 *
 * @param value - anything that JSON can hold
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

type Problem = { readonly position: number; readonly found: string; readonly expected: string };

/** Walks through JSON text and stops at the first problem (RFC 8259, with repeated keys refused). */
class Scanner {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): Problem | null {
    const problem = this.#value();
    if (problem !== null) return problem;
    this.#space();
    return this.#position < this.#text.length ? this.#problem("the end of the file") : null;
  }

  #value(): Problem | null {
    this.#space();
    const character = this.#text[this.#position];
    if (character === "{") return this.#object();
    if (character === "[") return this.#array();
    if (character === '"') return this.#string();
    return this.#take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y)
      ? null
      : this.#problem("a value (an object, array, string, number, true, false or null)");
  }

  #object(): Problem | null {
    this.#position++;
    const keys = new Set<string>();
    this.#space();
    if (this.#take(/\}/y)) return null;
    for (;;) {
      this.#space();
      const start = this.#position;
      const problem = this.#text[start] === '"' ? this.#string() : this.#problem("a key in double quotes");
      if (problem !== null) return problem;
      const key = JSON.parse(this.#text.slice(start, this.#position)) as string;
      if (keys.has(key)) {
        return { position: start, found: `the key "${key}" again`, expected: "each key once in an object" };
      }
      keys.add(key);
      this.#space();
      if (!this.#take(/:/y)) return this.#problem("a colon after the key");
      const inner = this.#value();
      if (inner !== null) return inner;
      this.#space();
      if (this.#take(/\}/y)) return null;
      if (!this.#take(/,/y)) return this.#problem("a comma or a closing brace");
    }
  }

  #array(): Problem | null {
    this.#position++;
    this.#space();
    if (this.#take(/\]/y)) return null;
    for (;;) {
      const inner = this.#value();
      if (inner !== null) return inner;
      this.#space();
      if (this.#take(/\]/y)) return null;
      if (!this.#take(/,/y)) return this.#problem("a comma or a closing bracket");
    }
  }

  #string(): Problem | null {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
    return this.#take(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y)
      ? null
      : this.#problem("a string closed by a double quote on the same line, with valid escapes");
  }

  #space(): void {
    this.#take(/[ \t\r\n]*/y);
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.#text);
    if (match === null) return false;
    this.#position += match[0].length;
    return true;
  }

  #problem(expected: string): Problem {
    const rest = this.#text.slice(this.#position);
    const token = /^(?:[-+\w.]+|.)/u.exec(rest)?.[0].slice(0, 30);
    const found =
      rest === "" ? "the end of the file" : token === undefined ? "the end of the line" : `\`${token}\``;
    return { position: this.#position, found, expected };
  }
}
