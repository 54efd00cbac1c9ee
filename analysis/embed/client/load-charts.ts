/** @file Runs in pages of one's own: draws every element that names a `.vl.json`. Sent to the browser as its text. */

/** What the page has loaded before. */
type Loaded = {
  readonly vegaEmbed: (element: HTMLElement, spec: object, options: object) => Promise<unknown>;
  /** Set by the first of several copies of the script. */
  jacobenchCharts?: { readonly draw: () => void } | undefined;
};

/**
 * Draws into every `<div data-jacobench-chart data-src="chart.vl.json">`. The attribute then says `drawn`, or `kept`
 * where that failed and what stood in the element stays, e.g. a picture. `jacobenchCharts.draw()` draws those that were
 * added later.
 *
 * It must use nothing from outside of itself but the page and what {@link Loaded} names.
 */
export function loadCharts(): void {
  const page = globalThis as unknown as Loaded;
  if (page.jacobenchCharts !== undefined) return;
  const mark = (place: HTMLElement, state: string): void => place.setAttribute("data-jacobench-chart", state);

  /** Charts of one plot take the width of their place; the version that the spec names is the oldest that can draw it. */
  const fluid = ({ $schema: _, ...spec }: Record<string, unknown>): object => {
    const single = "layer" in spec || ("mark" in spec && !("facet" in spec));
    if (!single || typeof spec.width !== "number") return spec;
    return { ...spec, width: "container", autosize: { type: "fit-x", contains: "padding" } };
  };
  const read = async (place: HTMLElement): Promise<Record<string, unknown>> => {
    const source = place.dataset.src ?? "";
    // Browsers refuse to read files beside a page that is opened from disk.
    if (location.protocol === "file:") throw new Error(`${source} cannot be read by a page opened from disk`);
    const response = await fetch(source);
    if (!response.ok) throw new Error(`${source}: the server answers ${response.status}`);
    return response.json();
  };
  const show = async (place: HTMLElement): Promise<void> => {
    mark(place, "loading");
    const fresh = document.createElement("div");
    fresh.style.width = "100%";
    try {
      const spec = fluid(await read(place));
      const before = [...place.childNodes];
      place.append(fresh);
      await page.vegaEmbed(fresh, spec, {
        mode: "vega-lite",
        renderer: "svg",
        ast: true,
        actions: { export: true, source: false, compiled: false, editor: false },
      });
      for (const node of before) node.remove();
      mark(place, "drawn");
    } catch (error) {
      fresh.remove();
      mark(place, "kept");
      console.info(`jacobench-charts: ${(error as Error).message}; what stood there is kept`);
    }
  };
  const draw = (): void => {
    for (const place of document.querySelectorAll<HTMLElement>("[data-jacobench-chart='']")) void show(place);
  };
  page.jacobenchCharts = { draw };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", draw);
  else draw();
}
