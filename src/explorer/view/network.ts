/** @file The network as columns that are dragged: pointer, touch and keyboard; below them the widths as numbers. */

import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit-html";
import { readWidths } from "../address.ts";
import type { App } from "../app.ts";
import { type Scale, scaleOf } from "../layout/scale.ts";
import { subscript } from "../numbers.ts";
import { clampWidth, WIDEST, withoutLayer } from "../state.ts";

/** px of the drawing of the columns. */
function drawingHeight(app: App): number {
  return app.width < 600 ? 180 : 220;
}

/** The scale of the columns; it stands still while one is dragged. */
export function columnScale(app: App): Scale {
  return app.ui.drag?.scale ?? scaleOf(app.model.columns, drawingHeight(app));
}

/**
 * The columns with their number inputs.
 *
 * @param app - the page
 */
export function networkView(app: App): TemplateResult {
  const { columns } = app.model;
  const height = drawingHeight(app);
  const slot = app.width / columns.length;
  const scale = columnScale(app);
  return html`
    <svg class="network" width=${app.width} height=${height + 12} viewBox=${`0 0 ${app.width} ${height + 12}`} role="group"
      aria-label="The network: each column is a layer's width; drag it, or use the arrow keys">
      ${columns.slice(1).map((_, i) => bandView(app, scale, i, slot, height))}
      ${columns.map((_, i) => columnView(app, scale, i, slot, height))}
    </svg>
    <div class="widths columns-${columns.length}">
      ${columns.map((width, i) => inputView(app, width, i))}
    </div>
    ${
      app.ui.widthsProblem === null
        ? nothing
        : html`<p class="problem" role="alert" id="widths-problem">${app.ui.widthsProblem}</p>`
    }
    ${
      scale.kind === "log"
        ? html`<p class="note">These widths differ too much for a linear scale: heights are logarithmic here, and areas are not FMA.</p>`
        : nothing
    }`;
}

type Bar = { readonly x: number; readonly width: number; readonly height: number };

function barOf(app: App, scale: Scale, i: number, slot: number): Bar {
  const width = Math.min(64, slot * 0.5);
  return { x: (i + 0.5) * slot - width / 2, width, height: Math.max(2, scale.px(app.model.columns[i]!)) };
}

/** Between two columns: what a layer does to the width. */
function bandView(app: App, scale: Scale, i: number, slot: number, height: number): SVGTemplateResult {
  const middle = height / 2 + 6;
  const [left, right] = [barOf(app, scale, i, slot), barOf(app, scale, i + 1, slot)];
  const [x, x2] = [left.x + left.width, right.x];
  const points = [
    [x, middle - left.height / 2],
    [x2, middle - right.height / 2],
    [x2, middle + right.height / 2],
    [x, middle + left.height / 2],
  ];
  return svg`<polygon class="band" points=${points.map((point) => point.map((px) => px.toFixed(1)).join(",")).join(" ")}></polygon>`;
}

function columnView(app: App, scale: Scale, i: number, slot: number, height: number): SVGTemplateResult {
  const middle = height / 2 + 6;
  const bar = barOf(app, scale, i, slot);
  const [top, bottom] = [middle - bar.height / 2, middle + bar.height / 2];
  const rect = svg`<rect class="bar" x=${bar.x} y=${top} width=${bar.width} height=${bar.height} rx=${Math.min(4, bar.height / 2)}></rect>`;
  const { columns } = app.model;
  const width = columns[i]!;
  if (i >= app.state.widths.length) {
    return svg`<g class="column loss" role="img" aria-label="The loss: one number">${rect}</g>`;
  }
  const grip = Math.max(44, bar.height + 20);
  const hit = Math.min(slot, Math.max(44, bar.width));
  const dragged = app.ui.drag?.index === i;
  return svg`<g class=${`column ${dragged ? "dragged" : ""}`} role="slider" tabindex="0" data-column=${i}
      aria-orientation="vertical" aria-label=${roleText(app, i)} aria-valuenow=${width} aria-valuemin="1"
      aria-valuemax=${Math.max(width, Math.floor(scale.top))} aria-valuetext=${`${width} ${unitText(app, i, width)}`}
      @keydown=${(event: KeyboardEvent) => onKey(app, i, event)}
      @touchstart=${keepPage} @pointerdown=${(event: PointerEvent) => onPointer(app, i, event, middle)}>
    <rect class="hit" x=${(i + 0.5) * slot - hit / 2} y=${middle - grip / 2} width=${hit} height=${grip}></rect>
    <rect class="ring" x=${bar.x - 5} y=${top - 5} width=${bar.width + 10} height=${bar.height + 10} rx="7"></rect>
    ${rect}
    ${(bar.height < 14 ? [middle] : [top, bottom]).map((y) => svg`<rect class="handle" x=${(i + 0.5) * slot - 9} y=${y - 2.5} width="18" height="5" rx="2.5"></rect>`)}
  </g>`;
}

function onKey(app: App, i: number, event: KeyboardEvent): void {
  const width = app.state.widths[i]!;
  const coarse = event.shiftKey ? 10 : 1;
  const top = Math.floor(columnScale(app).top);
  const moves: Readonly<Record<string, number>> = {
    ArrowUp: width + coarse,
    ArrowRight: width + coarse,
    ArrowDown: width - coarse,
    ArrowLeft: width - coarse,
    PageUp: width * 2,
    PageDown: width / 2,
    Home: 1,
    End: Math.max(width, top),
  };
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    app.change({ widths: withoutLayer(app.state.widths, i) });
    return;
  }
  const next = moves[event.key];
  if (next === undefined) return;
  event.preventDefault();
  setWidth(app, i, next);
}

/** A finger on a column drags it and not the page: browsers do not heed touch-action inside of drawings. */
function keepPage(event: TouchEvent): void {
  event.preventDefault();
}

/** Drags from wherever the column was taken: by so much as the pointer goes away from the middle, on both sides. */
function onPointer(app: App, i: number, event: PointerEvent, middle: number): void {
  if (event.button !== 0) return;
  const column = event.currentTarget as SVGGElement;
  const box = column.ownerSVGElement!.getBoundingClientRect();
  const side = event.clientY - box.top > middle ? 1 : -1;
  const scale = columnScale(app);
  const start = { y: event.clientY, px: scale.px(app.state.widths[i]!) };
  column.focus({ preventScroll: true });
  column.setPointerCapture(event.pointerId);
  event.preventDefault();
  app.ui.drag = { index: i, scale };
  app.redraw();
  const move = (moved: PointerEvent): void => {
    if (moved.pointerId !== event.pointerId) return;
    const px = start.px + 2 * side * (moved.clientY - start.y);
    setWidth(app, i, Math.min(scale.top, scale.width(Math.max(0, px))));
  };
  const end = (ended: PointerEvent): void => {
    if (ended.pointerId !== event.pointerId) return;
    column.removeEventListener("pointermove", move);
    column.removeEventListener("pointerup", end);
    column.removeEventListener("pointercancel", end);
    app.ui.drag = null;
    app.redraw();
  };
  column.addEventListener("pointermove", move);
  column.addEventListener("pointerup", end);
  column.addEventListener("pointercancel", end);
}

function setWidth(app: App, i: number, value: number): void {
  const width = clampWidth(value);
  app.ui.widthsProblem = null;
  if (width !== app.state.widths[i]) {
    app.change({ widths: app.state.widths.map((own, k) => (k === i ? width : own)) });
  }
}

function inputView(app: App, width: number, i: number): TemplateResult {
  const fixed = i >= app.state.widths.length;
  const id = `width-${i}`;
  const name = symbolOf(app, i);
  return html`<div class="width">
    <label for=${id}>${name}<span class="unseen"> ${roleText(app, i)}</span></label>
    ${
      fixed
        ? html`<output id=${id}>1</output>`
        : html`<input id=${id} type="number" min="1" max=${WIDEST} step="1" inputmode="numeric"
            .value=${String(width)} autocomplete="off"
            @input=${(event: Event) => onTyped(app, i, event, false)}
            @change=${(event: Event) => onTyped(app, i, event, true)}>`
    }
  </div>`;
}

function onTyped(app: App, i: number, event: Event, complete: boolean): void {
  const input = event.target as HTMLInputElement;
  const text = input.value;
  try {
    const [width] = readWidths(`${text},1`);
    setWidth(app, i, width!);
  } catch (error) {
    // Half a number is not at fault yet.
    if (!complete) return;
    app.ui.widthsProblem =
      text === "" ? `The width of ${symbolOf(app, i)} is no number.` : (error as Error).message;
  }
  if (complete) input.value = String(app.state.widths[i]);
  app.redraw();
}

function symbolOf(app: App, i: number): string {
  const last = app.model.columns.length - 1;
  return i === 0 ? "n" : i === last ? "m" : `d${subscript(i)}`;
}

function roleText(app: App, i: number): string {
  const last = app.state.widths.length - 1;
  if (i === 0) return "Inputs, n";
  if (i < last) return `Width of hidden layer ${i}`;
  if (i === last) return app.state.loss === "none" ? "Outputs, m" : "Classes before the loss";
  return "The loss";
}

function unitText(app: App, i: number, width: number): string {
  const last = app.state.widths.length - 1;
  const noun = i === 0 ? "input" : i === last ? "output" : "unit";
  return width === 1 ? noun : `${noun}s`;
}
