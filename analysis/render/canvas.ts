/** @file The page that a chart is made for: exactly 16:9 on a slide, exactly 3.4 inches wide in a column. Pure. */

import type { TopLevelSpec } from "vega-lite";
import { COLUMN_WIDTH, SLIDE } from "../charts/theme.ts";

/**
 * Puts a drawn chart into the middle of the page that its spec was made for. A chart that is larger than its page is
 * made smaller as a whole.
 *
 * @param svg - with `width`, `height` and `viewBox` on its root
 * @param spec - whose `usermeta.jacobench.size` says the page; another spec is left as it is
 */
export function ontoCanvas(svg: string, spec: TopLevelSpec): string {
  const size = (spec.usermeta as { jacobench?: { size?: unknown } } | undefined)?.jacobench?.size;
  if (size !== "slide" && size !== "column") return svg;
  const root = /<svg[^>]*>/.exec(svg)![0];
  const attribute = (name: string): number => Number(new RegExp(`\\s${name}="([\\d.]+)"`).exec(root)![1]);
  const [width, height] = [attribute("width"), attribute("height")];
  const page = size === "slide" ? SLIDE : { width: COLUMN_WIDTH, height };
  const shrink = Math.max(1, width / page.width, size === "slide" ? height / page.height : 1);
  // What of the chart's own px the page shows.
  const box = size === "slide" ? scaled(page, shrink) : { width: page.width * shrink, height };
  const shown = scaled(box, 1 / shrink);
  const [left, top] = [(width - box.width) / 2, (height - box.height) / 2];
  const wider = root
    .replace(/\swidth="[^"]*"/, ` width="${tidy(shown.width)}"`)
    .replace(/\sheight="[^"]*"/, ` height="${tidy(shown.height)}"`)
    .replace(/\sviewBox="[^"]*"/, ` viewBox="${[left, top, box.width, box.height].map(tidy).join(" ")}"`);
  const rest = svg.slice(svg.indexOf(root) + root.length);
  // The background covers the chart alone; it must cover the page.
  const ground = /<rect width="[\d.]+" height="[\d.]+" fill="/;
  return (
    wider +
    rest.replace(
      ground,
      `<rect x="${tidy(left)}" y="${tidy(top)}" width="${tidy(box.width)}" height="${tidy(box.height)}" fill="`,
    )
  );
}

function scaled(size: { readonly width: number; readonly height: number }, factor: number) {
  return { width: size.width * factor, height: size.height * factor };
}

function tidy(value: number): number {
  return Math.round(value * 1e3) / 1e3;
}
