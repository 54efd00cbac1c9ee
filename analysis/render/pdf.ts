/** @file SVG to a PDF of one page: vector, with the fonts inside and text that can be selected. (N) */

import { JacobenchError } from "../../src/errors.ts";
import { FONT_FILES } from "./text-width.ts";

/** Points of a PDF for one px of an SVG: 72 to the inch against 96. */
const POINTS_PER_PX = 0.75;

/** A PDF must carry a date, and the same chart shall give the same bytes. */
const FIXED_DATE = new Date(Date.UTC(2000, 0, 1));

/**
 * Turns a chart into a PDF as large as the chart, for LaTeX and print.
 *
 * @param svg - of `renderSvg`
 * @returns the bytes of a PDF; the same for the same SVG
 * @throws {JacobenchError} `ERR_CONFIG` if the SVG has no size or holds what cannot be converted
 */
export async function pdfFromSvg(svg: string): Promise<Uint8Array> {
  const [{ default: PDFDocument }, { default: svgToPdf }] = await Promise.all([
    import("pdfkit"),
    import("svg-to-pdfkit"),
  ]);
  const { width, height } = sizeOf(svg);
  const document = new PDFDocument({
    size: [width * POINTS_PER_PX, height * POINTS_PER_PX],
    margin: 0,
    info: { Title: titleOf(svg), Creator: "jacobench", CreationDate: FIXED_DATE, ModDate: FIXED_DATE },
  });
  document.registerFont("regular", FONT_FILES.regular);
  document.registerFont("bold", FONT_FILES.bold);
  const chunks: Uint8Array[] = [];
  const finished = new Promise<void>((resolve, reject) => {
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    document.on("end", () => resolve());
    document.on("error", reject);
  });
  const complaints: string[] = [];
  document.scale(POINTS_PER_PX);
  svgToPdf(document, withoutSolidDashes(svg), 0, 0, {
    assumePt: true,
    width,
    height,
    fontCallback: (_, bold) => (bold ? "bold" : "regular"),
    warningCallback: (message) => complaints.push(message),
  });
  document.end();
  await finished;
  if (complaints.length > 0) {
    throw new JacobenchError(
      "ERR_CONFIG",
      `pdfFromSvg: the SVG cannot be converted: ${complaints.join("; ")}`,
    );
  }
  return Buffer.concat(chunks);
}

/** The dash [1, 0] is a solid line, which PDFKit refuses. */
function withoutSolidDashes(svg: string): string {
  return svg.replaceAll(' stroke-dasharray="1,0"', "");
}

function sizeOf(svg: string): { width: number; height: number } {
  const [, width, height] = /<svg[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"/.exec(svg) ?? [];
  if (width === undefined || height === undefined) {
    throw new JacobenchError(
      "ERR_CONFIG",
      "pdfFromSvg: the SVG has no width and height in px; expected both",
    );
  }
  return { width: Number(width), height: Number(height) };
}

function titleOf(svg: string): string {
  const text = /<title[^>]*>([^<]*)</.exec(svg)?.[1] ?? "";
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ENTITIES[name]!);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
