/** @file Entry of the page: the state of the address, the view, and charts once it has been painted. */

import { render } from "lit-html";
import { createAnimationUi, paintAnimation, resetAnimation } from "./animation/player.ts";
import { type App, createApp, type Ui } from "./app.ts";
import { barsSpec, themeOf } from "./charts/bars.ts";
import { drawChart } from "./charts/draw.ts";
import { gridSpec } from "./charts/grid.ts";
import { createMeasureUi } from "./measure-ui.ts";
import { PLOTS } from "./view/costs.ts";
import { paintCopies } from "./view/jacobians.ts";
import { MEASURED_PLOT } from "./view/measure.ts";
import { pageView } from "./view/page.ts";

const content = document.getElementById("explorer")!;

const ui: Ui = {
  problems: [],
  widthsProblem: null,
  drag: null,
  guess: { mode: null, times: null },
  guessed: null,
  copied: null,
  animation: createAnimationUi(),
  measure: createMeasureUi(),
};

function draw(app: App): void {
  document.documentElement.dataset.view = app.state.view;
  document.documentElement.dataset.drawn = app.dark ? "dark" : "light";
  render(pageView(app), content);
  paintCopies(app);
  // A new network is built when the hand rests, not at every width on the way.
  if (!app.ui.animation.playing && app.ui.animation.passes !== null) paintAnimation(app);
}

function settle(app: App): void {
  if (app.ui.animation.passes === null) {
    paintAnimation(app);
    app.redraw();
  }
  const theme = themeOf(app.dark);
  const plot = (id: string) => document.getElementById(id);
  const [bars, grid, measured] = [plot(PLOTS.bars), plot(PLOTS.grid), plot(MEASURED_PLOT)];
  if (bars !== null) void drawChart(bars, barsSpec(app.model, { width: bars.clientWidth, theme }));
  if (grid !== null) void drawChart(grid, gridSpec(app.state, { width: grid.clientWidth, theme }));
  const { outcome } = app.ui.measure;
  if (measured !== null && outcome !== null && outcome.kind !== "cancelled") {
    // On a phone the chart of a column: its texts fit, and its legend stands below.
    const narrow = measured.clientWidth < 560;
    const { title: _, ...spec } = outcome.scalingChart({ theme, size: narrow ? "column" : "page" }) as {
      title?: unknown;
      config: object;
    };
    void drawChart(measured, {
      ...spec,
      config: { ...spec.config, background: "transparent" },
      $schema: undefined,
      width: Math.min(640, measured.clientWidth),
      ...(narrow ? {} : { autosize: { type: "fit-x", contains: "padding" } }),
    } as never);
  }
}

const app = createApp(ui, content, {
  draw,
  settle,
  network: (changed) => {
    changed.ui.guessed = null;
    resetAnimation(changed, true);
  },
});
draw(app);
app.settle();
