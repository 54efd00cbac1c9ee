/** @file Runs in the page: draws the charts, again when width or scheme change, and links them. Sent as its text. */

import type { FitOptions, fitSpec as FitSpec } from "./fit-spec.ts";

/** What the page has loaded before: vega-embed, and the functions of this folder. */
type Loaded = {
  readonly vegaEmbed: (element: HTMLElement, spec: object, options: object) => Promise<Embedded>;
  readonly fitSpec: typeof FitSpec;
};

type View = {
  signal(name: string, value?: unknown): unknown;
  runAsync(): Promise<unknown>;
  addSignalListener(name: string, listener: (name: string, value: unknown) => void): void;
  getState(): { readonly signals?: Readonly<Record<string, unknown>> };
};
type Embedded = { readonly view: View; finalize(): void };

/**
 * Draws every `figure.chart` from its `script.chart-data` into its `.live`, and marks it `drawn`, so that the static
 * picture gives way; a chart that cannot be drawn keeps it. A legend's entry, or the choice in the toolbar, fades the
 * rest in all charts.
 *
 * It must use nothing from outside of itself but the page and what {@link Loaded} names.
 */
export function drawCharts(): void {
  const { vegaEmbed, fitSpec } = globalThis as unknown as Loaded;
  type Data = { readonly spec: object; readonly dark: FitOptions["changes"] };
  type Chart = {
    readonly figure: HTMLElement;
    readonly live: HTMLElement;
    readonly data: Data;
    embedded: Embedded | null;
    width: number;
    dark: boolean;
  };
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const fine = matchMedia("(pointer: fine)").matches;
  const shown: { variants: readonly string[] | null; cases: readonly string[] | null } = {
    variants: null,
    cases: null,
  };
  const charts: Chart[] = [...document.querySelectorAll<HTMLElement>("figure.chart")].map((figure) => ({
    figure,
    live: figure.querySelector<HTMLElement>(".live")!,
    data: JSON.parse(figure.querySelector("script.chart-data")!.textContent!) as Data,
    embedded: null,
    width: 0,
    dark: false,
  }));
  const refuse = (): Promise<never> => Promise.reject(new Error("charts of this page load nothing"));

  const embed = async (chart: Chart, width: number, factor: number): Promise<void> => {
    const changes = chart.dark ? chart.data.dark : [];
    const spec = fitSpec(chart.data.spec, { width, factor, changes, brush: fine });
    chart.embedded?.finalize();
    chart.embedded = await vegaEmbed(chart.live, spec, {
      mode: "vega-lite",
      renderer: "svg",
      actions: false,
      // Expressions are interpreted, not compiled: the page's policy forbids to run what was not in it.
      ast: true,
      defaultStyle: false,
      tooltip: { disableDefaultStyle: true, theme: "page" },
      loader: { load: refuse, sanitize: refuse, http: refuse, file: refuse },
    });
  };

  const draw = async (chart: Chart): Promise<void> => {
    const width = chart.figure.clientWidth;
    const dark = scheme.matches;
    if (width === 0 || (chart.embedded !== null && width === chart.width && dark === chart.dark)) return;
    chart.width = width;
    chart.dark = dark;
    chart.live.hidden = false;
    try {
      // Charts of several plots are drawn, measured, and drawn again with plots that are as much smaller.
      let factor = 1;
      let before = 0;
      for (let attempt = 0; attempt < 4; attempt++) {
        await embed(chart, width, factor);
        const drawn = chart.live.querySelector("svg")?.getBoundingClientRect().width ?? 0;
        // What did not get smaller scrolls by itself, by keyboard too.
        if (drawn <= width + 1 || drawn === before) break;
        before = drawn;
        const plots = Math.max(0.2, factor - (drawn - width) / (drawn / factor));
        factor = Math.min(factor * 0.97, plots);
      }
      chart.figure.classList.add("drawn");
      if (chart.live.scrollWidth > chart.live.clientWidth) chart.live.tabIndex = 0;
      else chart.live.removeAttribute("tabindex");
      listen(chart);
      await show(chart);
    } catch (error) {
      console.error(error);
      chart.embedded?.finalize();
      chart.embedded = null;
      chart.live.hidden = true;
      chart.figure.classList.remove("drawn");
    }
  };

  const show = async ({ embedded }: Chart): Promise<void> => {
    if (embedded === null) return;
    embedded.view.signal("shownVariants", shown.variants);
    embedded.view.signal("shownCases", shown.cases);
    await embedded.view.runAsync();
  };

  /** What is picked in the legend of one chart, or framed in it, is chosen in all. */
  const listen = (chart: Chart): void => {
    const view = chart.embedded!.view;
    const signals = view.getState().signals ?? {};
    if ("pick" in signals) {
      view.addSignalListener("pick", (_, value) => {
        const picked = (value as { readonly variant?: readonly string[] }).variant ?? [];
        shown.variants = picked.length === 0 ? null : [...picked];
        changed();
      });
    }
    if ("brush" in signals) {
      view.addSignalListener("brush", (_, value) => {
        const frame = Object.entries(value as Readonly<Record<string, readonly [number, number]>>);
        const inside = pointsOf(chart.data.spec).filter((row) =>
          frame.every(([field, ends]) => {
            const place = Number(row[field]);
            return place >= Math.min(...ends) && place <= Math.max(...ends);
          }),
        );
        shown.cases = frame.length === 0 ? null : [...new Set(inside.map((row) => String(row.case)))];
        changed();
      });
    }
  };

  /** The rows of the first layer, which can be framed. */
  const pointsOf = (spec: object): readonly Readonly<Record<string, unknown>>[] => {
    const { layer, data, datasets } = spec as {
      readonly layer?: readonly { readonly data?: { readonly name: string } }[];
      readonly data?: { readonly name: string };
      readonly datasets: { readonly [name: string]: readonly Readonly<Record<string, unknown>>[] };
    };
    return datasets[(layer?.[0]?.data ?? data)?.name ?? ""] ?? [];
  };

  /** A frame that is being drawn changes many times in the time of one picture. */
  let pending = false;
  const changed = (): void => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => {
      pending = false;
      toolbar();
      for (const chart of charts) void show(chart);
    });
  };

  const boxes = (): HTMLInputElement[] => [
    ...document.querySelectorAll<HTMLInputElement>("#chart-tools input[type=checkbox]"),
  ];
  const select = document.querySelector<HTMLSelectElement>("#chart-tools select");
  const output = document.querySelector<HTMLOutputElement>("#chart-tools output");
  const toolbar = (): void => {
    for (const box of boxes()) box.checked = shown.variants === null || shown.variants.includes(box.value);
    if (select) select.value = shown.cases?.length === 1 ? shown.cases[0]! : "";
    const count = shown.cases?.length ?? 0;
    if (output) output.value = shown.cases === null || count === 1 ? "" : `${count} cases framed`;
  };
  const tools = document.getElementById("chart-tools");
  tools?.addEventListener("change", (event) => {
    const all = boxes();
    const checked = all.filter((box) => box.checked).map(({ value }) => value);
    shown.variants = checked.length === all.length ? null : checked;
    if (select && event.target === select) shown.cases = select.value === "" ? null : [select.value];
    changed();
  });
  tools?.addEventListener("reset", () => {
    shown.variants = null;
    shown.cases = null;
    changed();
  });
  // Browsers restore what was chosen before a reload; the charts begin with everything.
  toolbar();

  let queue = Promise.resolve();
  const drawAll = (): void => {
    for (const chart of charts) {
      queue = queue.then(async () => {
        await draw(chart);
        // Between two charts the page answers.
        await new Promise((resolve) => setTimeout(resolve, 0));
      });
    }
  };
  let timer = 0;
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(drawAll, 150);
  };
  scheme.addEventListener("change", drawAll);
  new ResizeObserver(soon).observe(document.documentElement);
  drawAll();
}
