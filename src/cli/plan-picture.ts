/** @file The bracketing of a plan as a picture file, in the format that its name ends with. (N) */

import { bracketing, type DrawnPlan } from "../../analysis/charts/bracketing.ts";
import { JacobenchError } from "../errors.ts";
import { writeFileAtomic } from "../files.ts";

const FORMATS = ["svg", "png", "pdf", "vl.json"] as const;

/** Formats of pictures of a plan. */
export type PictureFormat = (typeof FORMATS)[number];

/**
 * The format that a file's name asks for.
 *
 * @param file - its path
 * @throws {JacobenchError} `ERR_UNSUPPORTED` for any other ending
 */
export function pictureFormat(file: string): PictureFormat {
  const format = FORMATS.find((ending) => file.toLowerCase().endsWith(`.${ending}`));
  if (format !== undefined) return format;
  throw new JacobenchError(
    "ERR_UNSUPPORTED",
    `--picture: ${file} has no ending that names a format; expected one of ${FORMATS.map((one) => `.${one}`).join(", ")}`,
  );
}

/**
 * Draws a plan into a file.
 *
 * @param plan - what is drawn
 * @param file - its path
 * @throws {JacobenchError} `ERR_UNSUPPORTED` for an unknown format or a chain that is too long to be drawn, `ERR_FILE`
 */
export async function writePicture(plan: DrawnPlan, file: string): Promise<void> {
  const format = pictureFormat(file);
  const spec = bracketing(plan);
  if (format === "vl.json") {
    writeFileAtomic(file, `${JSON.stringify(spec, null, 2)}\n`);
    return;
  }
  const { renderSpec } = await import("../../analysis/render/render-spec.ts");
  writeFileAtomic(file, await renderSpec(spec, format, { id: "bracketing" }));
}
