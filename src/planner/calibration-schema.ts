/** @file The form of a stored calibration, and its check: whoever reads one from a file trusts nothing. */

import { z } from "zod";
import { JacobenchError } from "../errors.ts";
import { CALIBRATION_VERSION, type Calibration } from "./calibration.ts";

const positive = z.number().positive();
const part = z.number().min(0);

function gridSchema(axes: number) {
  return z
    .object({ sizes: z.array(positive).min(2), seconds: z.array(positive) })
    .refine(({ sizes, seconds }) => seconds.length === sizes.length ** axes, {
      message: `seconds: expected one for each point of ${axes} axes`,
    })
    .refine(({ sizes }) => sizes.every((size, i) => i === 0 || size > sizes[i - 1]!), {
      message: "sizes: expected increasing numbers",
    });
}

/** A calibration. */
export const calibrationSchema = z.object({
  version: z.literal(CALIBRATION_VERSION),
  environment: z.string(),
  measuredAt: z.string(),
  kernels: z
    .array(
      z.object({
        kernel: z.string(),
        matmul: gridSchema(3),
        matvec: gridSchema(2),
        vecmat: gridSchema(2),
        scaleRows: gridSchema(2),
        spread: part,
        drift: part,
      }),
    )
    .min(1),
  memory: z
    .array(
      z.object({
        level: z.enum(["L1", "L2", "L3", "memory"]),
        bytes: positive,
        bytesPerSecond: positive,
        kernel: z.string(),
      }),
    )
    .optional(),
});

/**
 * Checks parsed JSON and gives it its type.
 *
 * @param json - what `JSON.parse` gave
 * @param where - the file's name, for messages
 * @throws {JacobenchError} `ERR_CONFIG` for another version or a wrong form
 */
export function parseCalibration(json: unknown, where: string): Calibration {
  const parsed = calibrationSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new JacobenchError(
    "ERR_CONFIG",
    `${where}: is no calibration of version ${CALIBRATION_VERSION} (${["$", ...path].join(".")}: ${message}); run ` +
      "jacobench calibrate to make it anew",
  );
}
