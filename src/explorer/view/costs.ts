/** @file The costs: a table of all ways, bars, the n × m grid, and the plan as a tree over the blocks. */

import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit-html";
import { type BlockKind, layoutPlan, type PlanLayout } from "../../../analysis/charts/bracketing-layout.ts";
import { formatBytes } from "../../../analysis/text.ts";
import { BRACKETING_LEGEND } from "../../planner/bracketing.ts";
import type { App } from "../app.ts";
import type { PlanModel, WayCost } from "../model.ts";
import { formatFma, formatTimes } from "../numbers.ts";
import { DESCRIPTIONS, formulaOf, NAMES } from "../sentences.ts";
import type { ExplorerState } from "../state.ts";

/** Elements that charts are drawn into. */
export const PLOTS = { bars: "plot-bars", grid: "plot-grid" } as const;

/** The section. */
export function costsView(app: App): TemplateResult {
  return html`<section id="costs" aria-labelledby="costs-title">
    <h2 id="costs-title">What each way costs</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Table of costs">${tableView(app)}</div>
    ${conditionsView(app)}
    <figure class="plotted"><div class="plot" id=${PLOTS.bars}></div>
      <figcaption>Counted FMA (multiply-adds) for the whole Jacobian, from zero. The upper three have nothing at hand, the lower three the layers’ matrices: compare within three.</figcaption></figure>
    <div class="two">
      <figure class="plotted grid"><h3>If n and m were different</h3><div class="plot" id=${PLOTS.grid}></div>
        <figcaption>Forward over reverse with the same hidden widths, nothing at hand; the ring is the network above. Below the diagonal
          n = m reverse wins, above it forward. A dot: a mixed plan is at least 2 % cheaper than both.</figcaption></figure>
      ${planView(app)}
    </div>
  </section>`;
}

const GROUPS = [
  ["matrix-free", "Nothing at hand: vectors go through every layer"],
  ["given", "The layers’ Jacobians at hand as matrices"],
] as const;

function tableView(app: App): TemplateResult {
  return html`<table class="costs">
    <thead><tr><th scope="col">way</th><th scope="col" class="formula">formula</th><th scope="col" class="number">FMA</th>
      <th scope="col" class="number">× the least</th><th scope="col" class="number">memory</th></tr></thead>
    ${GROUPS.map(
      ([convention, title]) => html`<tbody>
        <tr class="group"><th scope="rowgroup" colspan="5">${title}</th></tr>
        ${app.model.ways.filter((way) => way.convention === convention).map((way) => rowView(app, way))}
      </tbody>`,
    )}
  </table>`;
}

/** What the numbers of the table leave out, and which form of forward mode they are of. */
function conditionsView({ model }: App): TemplateResult {
  const forward = model.way("forward");
  const primal = forward.refused === null ? formatFma(forward.primalFma) : "a few";
  return html`<p class="note">FMA of the derivatives alone; the one evaluation of the network beside them takes ${primal}. Memory at
    the peak: every way keeps one linearisation for all its products; the plan for frameworks has all seeds of a call at once. Only reverse mode needs the linearisation: forward mode that runs the network
    again beside each JVP takes ${formatBytes(model.recomputedBytes)}.</p>`;
}

function rowView(app: App, way: WayCost): TemplateResult {
  const { id } = way;
  return html`<tr data-way=${id}>
    <th scope="row"><span class=${`swatch ${id}`}></span>${NAMES[id]}<small class="what">${DESCRIPTIONS[id]}</small>
      <small class="short">${formulaOf(id, app.model)}</small></th>
    <td class="formula">${formulaOf(id, app.model)}</td>
    ${
      way.refused === null
        ? html`<td class="number"><data value=${way.fma}>${formatFma(way.fma)}</data></td>
          <td class=${`number ${way.ratio === 1 ? "least" : ""}`}>${formatTimes(way.ratio)}</td>
          <td class="number"><data value=${way.bytes}>${formatBytes(way.bytes)}</data></td>`
        : html`<td colspan="3" class="refused">${way.refused}</td>`
    }
  </tr>`;
}

const CONVENTIONS: readonly (readonly [ExplorerState["plan"], string])[] = [
  ["matrix-free", "nothing at hand"],
  ["given", "matrices at hand"],
];

function planView(app: App): TemplateResult {
  const plan = app.model.planOf(app.state.plan);
  return html`<div class="plan"><h3>The plan</h3>
    <div class="segments" role="group" aria-label="What is at hand">
      ${CONVENTIONS.map(
        ([
          value,
          name,
        ]) => html`<button type="button" aria-pressed=${app.state.plan === value ? "true" : "false"}
          @click=${() => app.change({ plan: value })}>${name}</button>`,
      )}
    </div>
    ${plan.refused === null ? plannedView(app, plan) : html`<p class="refused">${plan.refused}</p>`}
  </div>`;
}

function plannedView(app: App, plan: Extract<PlanModel, { refused: null }>): TemplateResult {
  const { shape } = app.model;
  // A factor is never narrower than its name; a long chain scrolls by itself.
  const free = app.width < 900 ? app.width - 2 : Math.floor(app.width / 2) - 24;
  const width = Math.max(free, 56 * shape.layers.length);
  const layout = layoutPlan(plan.tree, shape.widths, {
    width,
    height: app.width < 600 ? 300 : 380,
    text: 12,
  });
  const present = KINDS.filter(([kind]) => layout.boxes.some((box) => box.kind === kind));
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="The plan as a tree">${treeView(layout, plan.text)}</div>
    <ul class="legend">${present.map(([kind, name]) => html`<li><span class=${`swatch tree-${kind}`}></span>${name}</li>`)}</ul>
    <p class="bracketing"><code>${plan.text}</code></p>
    <details><summary>How to read it</summary><p class="note">F1 … F${shape.layers.length} are the Jacobians of the layers in
      their order, activations counted as layers. ${BRACKETING_LEGEND}.</p></details>
    <div class="advice">${plan.advice.sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>`;
}

const KINDS: readonly (readonly [BlockKind, string])[] = [
  ["factor", "layer’s Jacobian"],
  ["tangent", "tangents pushed (JVPs)"],
  ["adjoint", "adjoints pulled (VJPs)"],
  ["product", "product of matrices"],
  ["inner", "inner chain"],
];

/** The tree, mirrored: the layout has J_1 on the right as in the product, the network has its input on the left. */
function treeView(layout: PlanLayout, text: string): TemplateResult {
  const { width, height } = layout;
  const flip = (x: number): number => width - x;
  const line = ({ kind, role, x, x2, y, y2 }: PlanLayout["lines"][number]): SVGTemplateResult =>
    svg`<line class=${`tree-${kind} ${role}`} x1=${flip(x)} x2=${flip(x2)} y1=${y} y2=${y2}></line>`;
  return html`<svg class="tree" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="img"
      aria-label=${`The plan as a tree over the blocks: ${text}`}>
    ${layout.lines.map(line)}
    ${layout.boxes.map(
      (box) =>
        svg`<rect class=${`tree-${box.kind}`} x=${flip(box.x2)} y=${box.y} width=${box.x2 - box.x} height=${box.y2 - box.y}><title>${box.text}</title></rect>`,
    )}
    ${layout.labels.map((label) => svg`<text x=${flip(label.x)} y=${label.y}>${label.text.replaceAll("\u202f", ",")}</text>`)}
  </svg>`;
}
