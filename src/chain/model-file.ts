/** @file Chains with explicit weights, from the JSON of a model file. */

import { z } from "zod";
import { matrix, type Vector, vector } from "../array.ts";
import { JacobenchError } from "../errors.ts";
import { didYouMean } from "../names.ts";
import { activation } from "./activation.ts";
import { type Chain, checkFit, createChain } from "./chain.ts";
import { dense } from "./dense.ts";
import type { Layer } from "./layer.ts";
import { linear } from "./linear.ts";
import { negativeLogLikelihood, softmaxCrossEntropy } from "./loss.ts";
import { residual } from "./residual.ts";
import { logSoftmax, softmax } from "./softmax.ts";

const row = z.array(z.number()).min(1);
const rows = z.array(row).min(1);
const width = z.int().min(1).optional();
const label = z.int().min(0);

/** One layer of a model file; layers that keep the width take it from the layer before, or from `width` when first. */
const layerSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("dense"), weights: rows, bias: row.optional() }),
  z.strictObject({ type: z.literal("linear"), jacobian: rows }),
  z.strictObject({ type: z.literal("relu"), width }),
  z.strictObject({ type: z.literal("tanh"), width }),
  z.strictObject({ type: z.literal("sigmoid"), width }),
  z.strictObject({ type: z.literal("softplus"), width }),
  z.strictObject({ type: z.literal("identity"), width }),
  z.strictObject({ type: z.literal("softmax"), width }),
  z.strictObject({ type: z.literal("logSoftmax"), width }),
  z.strictObject({ type: z.literal("negativeLogLikelihood"), label, width }),
  z.strictObject({ type: z.literal("softmaxCrossEntropy"), label, width }),
  z.strictObject({
    type: z.literal("residual"),
    get layers() {
      return z.array(layerSchema).min(1);
    },
    width,
  }),
]);
type LayerFile = z.infer<typeof layerSchema>;

const LAYER_TYPES = layerSchema.options.map((option) => option.shape.type.value);

/** The form of a model file. */
export const modelSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().optional(),
  layers: z.array(layerSchema).min(1),
  /** The point of evaluation, unless an input file gives it. */
  input: row.optional(),
});

/**
 * Reads a model.
 *
 * @param json - parsed content of a model file
 * @param where - the file's name, for messages
 * @returns the chain, and the model's own input (shape [n]) or null
 * @throws {JacobenchError} `ERR_CONFIG` for a wrong form, with the JSON path; `ERR_SHAPE` for widths that do not fit;
 *   `ERR_RANGE` for a label out of range; `ERR_NON_FINITE`
 */
export function parseModel(json: unknown, where: string): { chain: Chain; input: Vector | null } {
  const parsed = modelSchema.safeParse(json);
  if (!parsed.success) throw new JacobenchError("ERR_CONFIG", describeIssue(parsed.error, json, where));
  const layers = buildLayers(parsed.data.layers, null, where);
  const chain = createChain(layers, where);
  const { input } = parsed.data;
  if (input === undefined) return { chain, input: null };
  return { chain, input: parseInput(input, chain, where) };
}

/**
 * Reads a point of evaluation.
 *
 * @param json - parsed content: an array of numbers
 * @param chain - whose input it is
 * @param where - the file's name, for messages
 * @throws {JacobenchError} `ERR_CONFIG` if it is no array of numbers, `ERR_SHAPE` if its length is not n
 */
export function parseInput(json: unknown, chain: Chain, where: string): Vector {
  const parsed = row.safeParse(json);
  if (!parsed.success) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `${where}: input is not an array of numbers; expected e.g. [0.1, -0.4]`,
    );
  }
  if (parsed.data.length !== chain.n) {
    throw new JacobenchError(
      "ERR_SHAPE",
      `${where}: input has length ${parsed.data.length}; expected n = ${chain.n} (input width of layer 1)`,
    );
  }
  return vector(parsed.data);
}

function buildLayers(files: readonly LayerFile[], inputWidth: number | null, where: string): Layer[] {
  const layers: Layer[] = [];
  for (const [i, file] of files.entries()) {
    const name = `${where}: layer ${i + 1} (${file.type})`;
    const before = layers.at(-1)?.outputWidth ?? inputWidth;
    const layer = buildLayer(file, before, name);
    layers.push(layer);
    if (before !== null && i === 0 && layer.inputWidth !== before) {
      throw new JacobenchError(
        "ERR_SHAPE",
        `${name}: takes width ${layer.inputWidth}, but what comes before gives width ${before}`,
      );
    }
    checkFit(layers, where);
  }
  return layers;
}

function buildLayer(file: LayerFile, before: number | null, name: string): Layer {
  switch (file.type) {
    case "dense": {
      const weights = readMatrix(file.weights, `${name}: weights`);
      const height = weights.shape[0]!;
      if (file.bias !== undefined && file.bias.length !== height) {
        throw new JacobenchError(
          "ERR_SHAPE",
          `${name}: bias has length ${file.bias.length}; expected ${height}, the number of rows of weights`,
        );
      }
      return dense(weights, vector(file.bias ?? new Float64Array(height)), name);
    }
    case "linear":
      return linear(readMatrix(file.jacobian, `${name}: jacobian`), name);
    case "residual":
      return residual(buildLayers(file.layers, before ?? file.width ?? null, name), name);
    case "softmax":
      return softmax(widthOf(file, before, name));
    case "logSoftmax":
      return logSoftmax(widthOf(file, before, name));
    case "negativeLogLikelihood":
      return negativeLogLikelihood(widthOf(file, before, name), file.label, name);
    case "softmaxCrossEntropy":
      return softmaxCrossEntropy(widthOf(file, before, name), file.label, name);
    default:
      return activation(file.type, widthOf(file, before, name));
  }
}

function readMatrix(values: readonly (readonly number[])[], where: string) {
  const columns = values[0]!.length;
  const ragged = values.findIndex((line) => line.length !== columns);
  if (ragged >= 0) {
    throw new JacobenchError(
      "ERR_SHAPE",
      `${where}: row ${ragged} has ${values[ragged]!.length} entries; expected ${columns}, as in row 0`,
    );
  }
  return matrix(values);
}

function widthOf(file: { width?: number | undefined }, before: number | null, name: string): number {
  const given = file.width ?? before;
  if (given === null) {
    throw new JacobenchError("ERR_SHAPE", `${name}: is the first layer and has no width; add "width": n`);
  }
  return given;
}

function describeIssue(error: z.ZodError, json: unknown, where: string): string {
  const issue = error.issues[0]!;
  const path = `/${issue.path.map(String).join("/")}`;
  const found = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key as string],
    json,
  );
  if (issue.path.at(-1) === "type" && typeof found === "string") {
    return `${where}: ${path} is "${found}"; allowed are ${LAYER_TYPES.join(", ")}${didYouMean(found, LAYER_TYPES)}`;
  }
  const shown = JSON.stringify(found) ?? "missing";
  return `${where}: ${path} is ${shown.length > 60 ? `${shown.slice(0, 57)}…` : shown}; ${issue.message}`;
}
