/** @file Runs in the page: a chart's spec made for the width and the scheme of the page. Sent as the text of the function. */

/** JSON that is an object. */
export type Json = { [key: string]: unknown };

/** How a spec is to be adapted. */
export type FitOptions = {
  /** px that the chart may take. */
  readonly width: number;
  /** Factor for the plots of charts of several plots, which cannot fit themselves. */
  readonly factor: number;
  /** See `difference.ts`: what makes the light spec dark; none for light. */
  readonly changes: readonly (readonly [readonly (string | number)[], unknown?])[];
  /** True where a mouse can draw a frame around points without hindering the page's own scrolling. */
  readonly brush: boolean;
};

/**
 * Adapts a spec: scheme, width, legend below in narrow pages, no title (the page has it), and signals through which
 * the page fades what is not asked for in all charts at once: `shownVariants` and `shownCases`, null for all.
 *
 * It must use nothing from outside of itself.
 *
 * @param source - a Vega-Lite spec whose rows stand in `datasets`; not modified
 * @returns the adapted copy
 */
export function fitSpec(source: object, { width, factor, changes, brush }: FitOptions): object {
  const isObject = (value: unknown): value is Json =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  const spec = structuredClone(source) as Json;
  for (const [path, ...value] of changes) {
    let place = spec;
    for (const key of path.slice(0, -1)) place = place[key] as Json;
    const last = path.at(-1)!;
    if (value.length === 0) delete place[last];
    else place[last] = structuredClone(value[0]);
  }
  delete spec.title;
  // The page chooses the version; the spec names the oldest that can draw it.
  delete spec.$schema;
  delete spec.usermeta;
  const narrow = width < 560;
  const config = (isObject(spec.config) ? spec.config : {}) as Json;
  spec.config = { ...config, background: "transparent", padding: narrow ? 2 : 5 };
  if (narrow) {
    const legend = isObject(config.legend) ? config.legend : {};
    const axis = isObject(config.axis) ? config.axis : {};
    Object.assign(spec.config as Json, {
      axis: { ...axis, labelSeparation: 6 },
      legend: { ...legend, orient: "bottom", columns: 1, labelLimit: width - 60, titleLimit: width - 40 },
    });
  }

  /** Texts wider than the page in several lines; a character is about 0.6 of the font's size of 12 px wide. */
  const wrap = (title: unknown, room: number): unknown => {
    const columns = Math.max(16, Math.floor(room / 7.4));
    if (typeof title !== "string" || title.length <= columns) return title;
    const lines = [""];
    for (const word of title.split(" ")) {
      const last = lines.at(-1)!;
      if (last !== "" && last.length + 1 + word.length > columns) lines.push(word);
      else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
    }
    return lines;
  };
  const fade = (encoding: Json, mark: unknown, rows: readonly Json[]): void => {
    const tests = [
      ...(rows[0] && "variant" in rows[0]
        ? ["shownVariants === null || indexof(shownVariants, datum.variant) >= 0"]
        : []),
      ...(rows[0] && "case" in rows[0]
        ? ["shownCases === null || indexof(shownCases, datum.case) >= 0"]
        : []),
    ];
    const own = encoding.opacity;
    if (tests.length === 0 || (isObject(own) && "field" in own)) return;
    const condition = isObject(own) && isObject(own.condition) ? own.condition : null;
    const full =
      condition?.value ?? (isObject(own) ? own.value : null) ?? (isObject(mark) ? mark.opacity : null) ?? 1;
    const all: unknown[] = tests.map((test) => `(${test})`);
    if (condition) all.push("param" in condition ? { param: condition.param } : condition.test);
    encoding.opacity = {
      condition: { test: { and: all }, value: full },
      value: condition && isObject(own) && typeof own.value === "number" ? own.value : 0.1 * Number(full),
    };
  };
  const scaled = (size: unknown): unknown => {
    if (typeof size === "number") return Math.max(60, Math.round(size * factor));
    return isObject(size) && typeof size.step === "number" ? { step: Math.max(4, size.step * factor) } : size;
  };
  const datasets = (isObject(spec.datasets) ? spec.datasets : {}) as { [name: string]: Json[] };
  const rowsOf = (node: Json, inherited: readonly Json[]): readonly Json[] => {
    if (!isObject(node.data)) return inherited;
    return datasets[String(node.data.name)] ?? [];
  };
  /** Plots beside each other stand below each other in narrow pages; one that shared its neighbour's axis shows its own. */
  const stack = (node: Json): void => {
    if (!Array.isArray(node.hconcat)) return;
    const ownAxis = (part: unknown): void => {
      if (!isObject(part)) return;
      const y = isObject(part.encoding) ? part.encoding.y : undefined;
      if (isObject(y) && y.axis === null) delete y.axis;
      for (const inner of [part.layer, part.spec].flat()) ownAxis(inner);
    };
    node.hconcat.forEach(ownAxis);
    node.vconcat = node.hconcat;
    delete node.hconcat;
  };
  /** A drawing has no axes: its texts have their places, so it is not made smaller. */
  const axes = (node: Json): boolean => {
    const { x } = isObject(node.encoding) ? node.encoding : {};
    if (isObject(x) && "field" in x && x.axis !== null) return true;
    return [node.layer, node.hconcat, node.vconcat, node.concat, node.spec]
      .flat()
      .some((part) => isObject(part) && axes(part));
  };
  const drawing = !axes(spec);
  // A plot that was made small, or of equal steps, is no better for being wide.
  const small = isObject(spec.width) || (typeof spec.width === "number" && spec.width < 480);
  const single = !drawing && !small && ("layer" in spec || ("mark" in spec && !("facet" in spec)));
  /** px of plots whose size is known: those of charts of several; the others fit themselves to the page. */
  type Plot = { readonly width: number; readonly height: number };
  const visit = (node: Json, inherited: readonly Json[], around: Plot): void => {
    const rows = rowsOf(node, inherited);
    if (narrow) stack(node);
    if (narrow && isObject(node.facet) && isObject(node.facet.header)) {
      node.facet.header.labelExpr = `length(datum.label) > ${Math.floor(width / 9)} ? split(datum.label, " / ") : datum.label`;
    }
    if (narrow && "columns" in node) node.columns = 1;
    if (!single && !drawing && "width" in node) node.width = scaled(node.width);
    if (!single && !drawing && isObject(node.height) && "step" in node.height)
      node.height = scaled(node.height);
    const plot = {
      width: !single && typeof node.width === "number" ? node.width + 10 : around.width,
      height: typeof node.height === "number" ? node.height : around.height,
    };
    if (isObject(node.encoding)) {
      if ("mark" in node) fade(node.encoding, node.mark, rows);
      for (const channel of [node.encoding.x, node.encoding.y]) {
        if (!isObject(channel)) continue;
        const room = channel === node.encoding.y ? plot.height : plot.width;
        if ("title" in channel) channel.title = wrap(channel.title, room);
        if (isObject(channel.axis) && "title" in channel.axis)
          channel.axis.title = wrap(channel.axis.title, room);
      }
    }
    for (const part of [node.layer, node.hconcat, node.vconcat, node.concat, node.spec].flat()) {
      if (isObject(part)) visit(part, rows, plot);
    }
  };
  visit(spec, [], { width: width - 90, height: 330 });
  if (single) {
    spec.width = "container";
    spec.autosize = { type: "fit-x", contains: "padding" };
  }
  // A frame around points chooses their cases. Its parameter must stand in the first layer.
  const first = (Array.isArray(spec.layer) ? spec.layer[0] : spec) as Json;
  const places = isObject(first.encoding) ? [first.encoding.x, first.encoding.y] : [];
  const measured = places.length === 2 && places.every((one) => isObject(one) && one.type === "quantitative");
  if (brush && single && measured && "case" in (rowsOf(first, rowsOf(spec, []))[0] ?? {})) {
    const own = Array.isArray(first.params) ? first.params : [];
    first.params = [...own, { name: "brush", select: { type: "interval" } }];
  }
  const params = Array.isArray(spec.params) ? spec.params : [];
  spec.params = [...params, { name: "shownVariants", value: null }, { name: "shownCases", value: null }];
  return spec;
}
