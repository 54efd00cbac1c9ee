/** @file Chains of Jacobians from JSON files, as the literature's instances are written. */

import { z } from "zod";
import { JacobenchError } from "../errors.ts";
import { didYouMean } from "../names.ts";
import { checkElementals, denseElemental, type Elemental } from "./elemental.ts";
import { LARGEST_COST } from "./exact.ts";

const size = z.int().min(1);

const elementalSchema = z.strictObject({
  /** Inputs. */
  n: size,
  /** Outputs; equal to the next factor's n. */
  m: size,
  /** FMA of one tangent or one adjoint. Absent: the Jacobian is given. */
  edges: size.optional(),
  /** True beside `edges`: the Jacobian is given as well. */
  given: z.boolean().optional(),
});

/** The form of a chain file: factors in the order of evaluation, and a bound on the tape of an adjoint. */
export const chainFileSchema = z.strictObject({
  $schema: z.string().optional(),
  id: z.string().optional(),
  title: z.string().optional(),
  notes: z.string().optional(),
  source: z.string().optional(),
  elementals: z.array(elementalSchema).min(1),
  memory: z.number().min(0).optional(),
});

/** A chain as its file says it. */
export type ChainFile = {
  readonly elementals: readonly Elemental[];
  /** Bound on the tape of an adjoint; Infinity if the file has none. */
  readonly memory: number;
  readonly title: string | null;
};

/**
 * Reads a chain of Jacobians.
 *
 * @param json - parsed content of a chain file
 * @param where - the file's name, for messages
 * @throws {JacobenchError} `ERR_CONFIG` naming the factor
 */
export function parseChainFile(json: unknown, where: string): ChainFile {
  const parsed = chainFileSchema.safeParse(json);
  if (!parsed.success) throw new JacobenchError("ERR_CONFIG", describeIssue(parsed.error, json, where));
  const { data } = parsed;
  const bare = data.elementals.findIndex(({ edges, given }) => edges === undefined && given === false);
  if (bare >= 0) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `${where}: factor ${bare + 1} has no edges and "given": false; give its edges, or leave "given" out`,
    );
  }
  const elementals = data.elementals.map(denseElemental);
  checkElementals(elementals, where);
  return { elementals, memory: data.memory ?? Infinity, title: data.title ?? data.id ?? null };
}

const EXPECTED: Readonly<Record<string, string>> = {
  n: `an integer from 1 to ${LARGEST_COST}`,
  m: `an integer from 1 to ${LARGEST_COST}`,
  edges: `an integer from 1 to ${LARGEST_COST}, or no edges if the Jacobian is given`,
  given: "true or false",
  memory: "a number from 0 on, or no memory for no bound",
  elementals: 'at least one factor, e.g. [{"n": 3, "m": 2, "edges": 6}]',
};

function describeIssue(error: z.ZodError, json: unknown, where: string): string {
  const issue = error.issues.find(({ code }) => code === "unrecognized_keys") ?? error.issues[0]!;
  const [list, index, field] = issue.path;
  const place = typeof index === "number" ? `factor ${index + 1}` : "the chain";
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0]!;
    const known = Object.keys(typeof index === "number" ? elementalSchema.shape : chainFileSchema.shape);
    return `${where}: ${place} has an unknown key "${key}"; known are ${known.join(", ")}${didYouMean(key, known)}`;
  }
  const key = String(field ?? (index === undefined ? (list ?? "") : ""));
  const found = issue.path.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | null | undefined)?.[step],
    json,
  );
  if (key === "") {
    const form = typeof index === "number" ? '{"n": 3, "m": 2, "edges": 6}' : '{"elementals": […]}';
    return `${where}: ${place} is ${shown(found)}; expected an object as ${form}`;
  }
  return `${where}: ${place}: ${key} is ${shown(found)}; expected ${EXPECTED[key] ?? issue.message}`;
}

function shown(value: unknown): string {
  if (value === undefined) return "missing";
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
