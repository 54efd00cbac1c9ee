/** @file Turns what zod found wrong in a config into one sentence: file, JSON path, what was found, what is allowed. */

import type { z } from "zod";
import { JacobenchError } from "../errors.ts";
import { didYouMean } from "../names.ts";

type Issue = z.core.$ZodIssue;
type Key = PropertyKey;
/** The parts of a JSON Schema that are needed to name the allowed keys. */
type SchemaNode = {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly enum?: readonly string[];
};

/**
 * Checks a config by its schema and fills in its defaults.
 *
 * @param schema - of the config
 * @param json - the parsed file
 * @param jsonSchema - the same form as text, asked for only if something is wrong
 * @param where - the file's name, for the message
 * @throws {JacobenchError} `ERR_CONFIG`
 */
export function parseBySchema<Schema extends z.ZodType>(
  schema: Schema,
  json: unknown,
  jsonSchema: () => string,
  where: string,
): z.output<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new JacobenchError(
    "ERR_CONFIG",
    explainIssues(parsed.error.issues, json, JSON.parse(jsonSchema()), where),
  );
}

/**
 * Explains the issues of a failed validation.
 *
 * @param issues - from zod; the first one is told in full, the others are counted
 * @param input - what was validated
 * @param jsonSchema - JSON Schema of the same form, for the names of allowed keys and values
 * @param where - the file's name
 * @returns one sentence, e.g. `a.json: $.chain.grid.n[0]: found 0; expected an integer from 1 to 1000000`
 */
export function explainIssues(
  issues: readonly Issue[],
  input: unknown,
  jsonSchema: unknown,
  where: string,
): string {
  const flat = issues.flatMap((issue) => resolve(issue, [], input));
  // A misspelt key is the cause of a missing one: tell it first.
  const first = flat.find((issue) => issue.code === "unrecognized_keys") ?? flat[0]!;
  const more = flat.length > 1 ? ` (and ${flat.length - 1} more to look at)` : "";
  return `${where}: ${explain(first, input, jsonSchema as SchemaNode)}${more}`;
}

/** The path of a place in JSON, as `$.chain.grid.n[2]`. */
export function jsonPath(path: readonly Key[]): string {
  return `$${path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("")}`;
}

/** A value as it stands in the file, shortened. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function explain(issue: Issue, input: unknown, schema: SchemaNode): string {
  const node = nodesAt([schema], issue.path);
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0]!;
    const allowed = node.flatMap((candidate) => Object.keys(candidate.properties ?? {}));
    const hint = didYouMean(key, allowed);
    return `${jsonPath([...issue.path, key])}: found an unknown key; expected one of ${[...new Set(allowed)].join(", ")}${hint}`;
  }
  const found = valueAt(input, issue.path);
  const names = node.flatMap((candidate) => candidate.enum ?? []);
  const hint = typeof found === "string" ? didYouMean(found, names) : "";
  return `${jsonPath(issue.path)}: found ${shown(found)}; expected ${issue.message}${hint}`;
}

/** Takes the branch of a union that the author seems to have meant: the one with which the input agrees the most. */
function resolve(issue: Issue, base: readonly Key[], input: unknown): Issue[] {
  const path = [...base, ...issue.path] as Key[];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ ...issue, path }];
  const branches = issue.errors.map((branch) => ({
    branch,
    mistaken: branch.some((inner) => inner.path.length === 0 && isOfAnotherKind(inner, valueAt(input, path))),
    // Keys that the branch does not know, and keys that it wants and did not find.
    strange: branch.reduce((sum, inner) => {
      if (inner.code === "unrecognized_keys" && inner.path.length === 0) return sum + inner.keys.length;
      return sum + (inner.path.length <= 1 ? 1 : 0);
    }, 0),
  }));
  const best = branches.filter(({ mistaken }) => !mistaken).sort((a, b) => a.strange - b.strange);
  const meant = best[0];
  if (meant === undefined) return [{ ...issue, path }];
  const alone = best[1] === undefined || best[1].strange > meant.strange;
  if (alone) return meant.branch.flatMap((inner) => resolve(inner, path, input));
  // No branch is nearer than another: an unknown key tells more than "expected one of".
  const unknown = meant.branch.find((inner) => inner.code === "unrecognized_keys");
  return unknown === undefined ? [{ ...issue, path }] : resolve(unknown, path, input);
}

/** True if a branch wants another kind of value, not another value of this kind. */
function isOfAnotherKind(issue: Issue, found: unknown): boolean {
  if (issue.code === "invalid_value") return typeof found === "object";
  return issue.code === "invalid_type";
}

function nodesAt(nodes: readonly SchemaNode[], path: readonly Key[]): SchemaNode[] {
  const open = nodes.flatMap((node) => [node, ...(node.anyOf ?? [])]);
  const [key, ...rest] = path;
  if (key === undefined) return open;
  const next = open
    .map((node) => (typeof key === "number" ? node.items : node.properties?.[String(key)]))
    .filter((node) => node !== undefined);
  return nodesAt(next, rest);
}

function valueAt(input: unknown, path: readonly Key[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      value === null || typeof value !== "object" ? undefined : (value as Record<Key, unknown>)[key],
    input,
  );
}
