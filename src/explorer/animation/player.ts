/** @file Plays the animation: one clock for both modes, play, pause, step and speed; paints the two canvases. */

import type { App } from "../app.ts";
import { BEFORE, lastTick, nextProduct, type Place, placeAt } from "./clock.ts";
import { emptyFilling, type Filling, fillTo, type Paints, paint } from "./paint.ts";
import { type Passes, passesOf } from "./passes.ts";

/** The two modes, in the order of the page. */
export const MODES = ["forward", "reverse"] as const;

/** Speeds in hops a second: positions of the slider. */
export const SPEEDS = [1, 2, 4, 8, 16, 40, 100, 250, 600, 1500] as const;

/** What the animation remembers. */
export type AnimationUi = {
  tick: number;
  playing: boolean;
  /** Position in {@link SPEEDS}. */
  speed: number;
  passes: Passes | null;
  fillings: Record<(typeof MODES)[number], Filling> | null;
};

/** An animation before its start. */
export function createAnimationUi(): AnimationUi {
  return { tick: BEFORE, playing: false, speed: 2, passes: null, fillings: null };
}

/** Goes back to before the start; a network that has changed is built again at the next picture. */
export function resetAnimation(app: App, forgetNetwork: boolean): void {
  const ui = app.ui.animation;
  ui.tick = BEFORE;
  ui.playing = false;
  ui.fillings = null;
  if (forgetNetwork) ui.passes = null;
}

/** Hops of a product. */
export function layersOf(passes: Passes): number {
  return passes.columns.length - 1;
}

/** Where a mode is; null before the start. */
export function placeOf(ui: AnimationUi, mode: Filling["mode"]): Place | null {
  if (ui.passes === null || ui.tick < 0) return null;
  return placeAt(ui.tick, layersOf(ui.passes), mode === "forward" ? ui.passes.n : ui.passes.m);
}

/** Whether both modes have their Jacobian. */
export function isOver({ passes, tick }: AnimationUi): boolean {
  return passes !== null && tick >= lastTick(layersOf(passes), Math.max(passes.n, passes.m));
}

/** Starts or stops the clock; from its end it starts again. */
export function togglePlay(app: App): void {
  const ui = app.ui.animation;
  ready(app);
  if (!ui.playing && isOver(ui)) resetAnimation(app, false);
  ui.playing = !ui.playing;
  app.redraw();
  if (ui.playing) run(app);
}

/** One hop further. */
export function stepHop(app: App): void {
  goTo(app, app.ui.animation.tick + 1);
}

/** To the end of the product that is under way, or of the next one. */
export function stepProduct(app: App): void {
  goTo(app, nextProduct(app.ui.animation.tick, layersOf(ready(app))));
}

/** To the end. */
export function finish(app: App): void {
  const passes = ready(app);
  goTo(app, lastTick(layersOf(passes), Math.max(passes.n, passes.m)));
}

function goTo(app: App, tick: number): void {
  const ui = app.ui.animation;
  const passes = ready(app);
  ui.playing = false;
  ui.tick = Math.min(tick, lastTick(layersOf(passes), Math.max(passes.n, passes.m)));
  app.redraw();
  paintAnimation(app);
}

function ready(app: App): Passes {
  const ui = app.ui.animation;
  ui.passes ??= passesOf(app.state);
  ui.fillings ??= {
    forward: emptyFilling("forward", ui.passes),
    reverse: emptyFilling("reverse", ui.passes),
  };
  return ui.passes;
}

function run(app: App): void {
  const ui = app.ui.animation;
  let before: number | null = null;
  let carried = 1;
  const frame = (now: number): void => {
    if (!ui.playing || ui.passes === null) return;
    if (app.still) ui.playing = false;
    // A page that was in the background does not catch up.
    carried += Math.min(0.1, (now - (before ?? now)) / 1000) * SPEEDS[ui.speed]!;
    before = now;
    const whole = Math.floor(carried);
    if (whole > 0) {
      carried -= whole;
      ui.tick += whole;
      if (isOver(ui)) {
        ui.playing = false;
        ui.tick = lastTick(layersOf(ui.passes), Math.max(ui.passes.n, ui.passes.m));
      }
      paintAnimation(app);
      app.redraw();
    }
    if (ui.playing) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/**
 * Computes the products up to now and paints both canvases, where they are on the page.
 *
 * @param app - the page
 */
export function paintAnimation(app: App): void {
  const ui = app.ui.animation;
  for (const mode of MODES) {
    const canvas = document.querySelector<HTMLCanvasElement>(`canvas[data-mode="${mode}"]`);
    if (canvas === null || canvas.clientWidth === 0) continue;
    const passes = ready(app);
    const place = placeOf(ui, mode);
    const filling = ui.fillings![mode];
    if (place !== null) fillTo(filling, passes, place);
    const size = {
      width: canvas.clientWidth,
      height: canvas.clientHeight,
      ratio: Math.min(3, devicePixelRatio || 1),
    };
    paint(canvas, size, passes, filling, place, paintsOf(app.dark, mode));
  }
}

function paintsOf(dark: boolean, mode: Filling["mode"]): Paints {
  const forward = mode === "forward";
  return dark
    ? {
        text: "#c9ced4",
        line: "#5a626b",
        empty: "#24292e",
        mode: forward ? "#56B4E9" : "#E69F00",
        paper: [25, 28, 31],
        positive: [240, 228, 66],
        negative: [204, 121, 167],
      }
    : {
        text: "#454b52",
        line: "#b4bac1",
        empty: "#eef0f1",
        mode: forward ? "#0072B2" : "#D55E00",
        paper: [255, 255, 255],
        positive: [0, 110, 80],
        negative: [150, 60, 120],
      };
}
