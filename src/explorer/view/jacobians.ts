/** @file The Jacobians as blocks on the scale of the columns, and n against m copies of them: areas are FMA. */

import { html, nothing, svg, type TemplateResult } from "lit-html";
import { MODES } from "../animation/player.ts";
import type { App } from "../app.ts";
import { blockRow, type Copies, copiesOf } from "../layout/blocks.ts";
import { formatFma, formatTimes, subscript } from "../numbers.ts";
import { answerOf } from "../sentences.ts";
import { columnScale } from "./network.ts";

/** px of a panel of copies. */
function panelOf(app: App): { readonly width: number; readonly height: number } {
  if (app.width < 720) return { width: app.width - 26, height: 120 };
  const panels = mixedCopies(app) === null ? 2 : 3;
  return { width: Math.floor((app.width - (panels - 1) * 24) / panels) - 26, height: 170 };
}

/** One product: the blocks J_1 … J_K, and their ink, Σ. */
export function blocksView(app: App): TemplateResult {
  const { columns, sigma, productFma } = app.model;
  const scale = columnScale(app);
  const row = blockRow(columns, scale, { width: app.width, gap: 10, heading: 20 });
  const extra = productFma - sigma;
  return html`<div class="blocks">
    <p class="lead"><b>One product</b> with a vector runs through every Jacobian once: Σ = <b data-sigma>${formatFma(sigma)}</b> FMA${
      extra > 0 ? `, and ${formatFma(extra)} for the activations` : ""
    }.</p>
    <svg width=${app.width} height=${Math.ceil(row.height) + 4} viewBox=${`0 0 ${app.width} ${Math.ceil(row.height) + 4}`} role="img"
      aria-label=${`The Jacobians as rectangles: ${row.blocks.map(({ index, rows, columns }) => `J${index} ${rows} by ${columns}`).join(", ")}`}>
      ${row.blocks.map(
        (block) => svg`<g>
          <rect class="block" x=${block.x} y=${block.y} width=${Math.max(1, block.width)} height=${Math.max(1, block.height)}>
            <title>${`J${subscript(block.index)}: ${block.rows} × ${block.columns}, ${formatFma(block.rows * block.columns)} FMA`}</title></rect>
          <text x=${block.x + block.width / 2} y=${block.y - 7}>J${subscript(block.index)}</text>
        </g>`,
      )}
    </svg>
    ${
      scale.kind === "linear"
        ? html`<p class="note">Area is work: a block of d${"ᵢ"} rows and d${"ᵢ₋₁"} columns is d${"ᵢ"}·d${"ᵢ₋₁"} FMA${
            row.shrink < 0.999
              ? html`; the blocks are drawn at ${Math.round(row.shrink * 100)} % of the columns’ scale`
              : nothing
          }.</p>`
        : nothing
    }
  </div>`;
}

/** All products: n copies of Σ against m copies of Σ. */
export function copiesView(app: App): TemplateResult {
  const { n, m } = app.model;
  const panel = panelOf(app);
  const { productsATile } = copiesOf(app.model.columns, columnScale(app), panel);
  const { sigma, productFma } = app.model;
  const extra = productFma - sigma;
  const each = extra === 0 ? "Σ" : `(Σ + ${formatFma(extra)})`;
  const counts = { forward: n, reverse: m };
  const titles = { forward: "Forward mode", reverse: "Reverse mode" };
  const products = { forward: "JVP", reverse: "VJP" };
  return html`<div class=${mixedCopies(app) === null ? "copies" : "copies three"}>
    ${MODES.map((mode) => {
      const way = app.model.way(mode);
      const count = formatFma(counts[mode]);
      const noun = `${products[mode]}${counts[mode] === 1 ? "" : "s"}`;
      return html`<figure class=${`copy ${mode}`}>
        <figcaption><b>${titles[mode]}</b>: ${count} ${noun}, ${count} × ${each}
          ${way.refused === null ? html`= <b>${formatFma(way.fma)}</b> FMA` : nothing}</figcaption>
        <canvas data-copies=${mode} role="img" aria-label=${`${count} copies of the Jacobians, one for each ${products[mode]}`}></canvas>
      </figure>`;
    })}
    ${mixedView(app, each)}
    ${productsATile > 1 ? html`<p class="note">One tile stands for ${productsATile} products.</p>` : nothing}
  </div>`;
}

/** The cheapest plan in copies of the same size, where it beats both modes. */
function mixedView(app: App, each: string): TemplateResult | typeof nothing {
  const copies = mixedCopies(app);
  const best = app.model.way("best");
  if (copies === null || best.refused !== null) return nothing;
  const count = formatTimes(copies);
  return html`<figure class="copy mixed">
    <figcaption><b>Mixed plan</b>: as much as ${count} × ${each} = <b>${formatFma(best.fma)}</b> FMA</figcaption>
    <canvas data-copies="mixed" role="img" aria-label=${`The mixed plan costs as much as ${count} copies of the Jacobians`}></canvas>
  </figure>`;
}

function mixedCopies({ model }: App): number | null {
  const best = model.way("best");
  if (answerOf(model).mixedTimes === null || best.refused !== null) return null;
  return best.fma / model.productFma;
}

/**
 * Paints the copies, after the view is on the page.
 *
 * @param app - the page
 */
export function paintCopies(app: App): void {
  const panel = panelOf(app);
  const copies = copiesOf(app.model.columns, columnScale(app), panel);
  const style = getComputedStyle(document.documentElement);
  for (const mode of MODES) {
    const canvas = document.querySelector<HTMLCanvasElement>(`canvas[data-copies="${mode}"]`);
    if (canvas === null) continue;
    const products = mode === "forward" ? app.model.n : app.model.m;
    paintTiles(
      canvas,
      copies,
      products / copies.productsATile,
      panel,
      style.getPropertyValue(`--${mode}`).trim(),
    );
  }
  const mixed = document.querySelector<HTMLCanvasElement>('canvas[data-copies="mixed"]');
  if (mixed !== null) {
    const count = mixedCopies(app)! / copies.productsATile;
    paintTiles(mixed, copies, count, panel, style.getPropertyValue("--mixed").trim());
  }
}

function paintTiles(
  canvas: HTMLCanvasElement,
  { tile, perRow, blocks }: Copies,
  count: number,
  panel: { readonly width: number; readonly height: number },
  colour: string,
): void {
  const ratio = Math.min(3, devicePixelRatio || 1);
  canvas.style.setProperty("width", `${panel.width}px`);
  canvas.style.setProperty("height", `${panel.height}px`);
  canvas.width = Math.round(panel.width * ratio);
  canvas.height = Math.round(panel.height * ratio);
  const context = canvas.getContext("2d")!;
  context.scale(ratio, ratio);
  context.fillStyle = colour;
  // Between tiles is a gap that can be seen, on whole pixels of the device.
  const crisp = (px: number): number => Math.round(px * ratio) / ratio;
  const wide = tile.width - Math.max(2, 0.1 * tile.width);
  const inside = Math.floor((tile.height - Math.max(1, 0.16 * tile.height)) * ratio) / ratio;
  const high = Math.max(1 / ratio, inside);
  for (let t = 0; t < count; t++) {
    // The last one may be a part of a product.
    const share = Math.min(1, count - t);
    const [x, y] = [crisp((t % perRow) * tile.width), crisp(Math.floor(t / perRow) * tile.height)];
    for (const block of blocks) {
      const width = Math.max(0.6, block.width * wide - 0.5);
      const height = Math.max(0.6, block.height * high);
      // However small the share, something is seen of it.
      const shown = Math.min(width, Math.max(block.x === 0 ? 1 : 0, share * wide - block.x * wide));
      if (shown > 0) context.fillRect(x + block.x * wide, y + block.y * high, shown, height);
    }
  }
}
