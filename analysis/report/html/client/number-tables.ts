/** @file Runs in the page: the numbers behind each chart as a table. Sent to the browser as the text of the function. */

/**
 * Fills each `details.numbers` with a table when it is opened first: the rows of the chart's data, the columns of its
 * tooltips. So the data stands in the page once.
 *
 * It must use nothing from outside of itself but the page.
 */
export function numberTables(): void {
  type Row = Record<string, unknown>;
  type Node = Record<string, unknown> & {
    data?: { name?: string };
    encoding?: { tooltip?: unknown };
  };
  type Sets = { [name: string]: Row[] };
  type Found = { rows: Row[]; columns: { field: string; title: string }[] };
  const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null;

  /** Every part of a spec that has tooltips, with its rows; a part without data has those of what holds it. */
  const collect = (node: Node, sets: Sets, inherited: Row[], found: Found[]): void => {
    const rows = node.data?.name !== undefined ? (sets[node.data.name] ?? []) : inherited;
    const { tooltip } = node.encoding ?? {};
    if (Array.isArray(tooltip) && rows.length > 0) {
      const columns = tooltip
        .filter((entry): entry is { field: string; title?: string } => typeof entry?.field === "string")
        .map(({ field, title }) => ({ field, title: title ?? field }));
      const known = found.find((one) => one.rows === rows);
      if (known) {
        const more = columns.filter(({ field }) => known.columns.every((column) => column.field !== field));
        known.columns.push(...more);
      } else found.push({ rows, columns });
    }
    const inner = [node.layer, node.hconcat, node.vconcat, node.concat, node.spec].flat();
    for (const part of inner) if (isRow(part)) collect(part as Node, sets, rows, found);
  };

  const build = ({ rows, columns }: Found, caption: string): HTMLElement => {
    const element = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className = "", text = "") => {
      const made = document.createElement(tag);
      if (className) made.className = className;
      if (text) made.textContent = text;
      return made;
    };
    const shown = columns.filter(({ field }) => rows.some((row) => row[field] !== undefined));
    const numeric = shown.map(({ field }) =>
      rows.every((row) => row[field] === null || row[field] === undefined || typeof row[field] === "number"),
    );
    const table = element("table");
    table.append(element("caption", "", caption));
    const head = table.createTHead().insertRow();
    for (const [i, { title }] of shown.entries()) {
      const cell = element("th", numeric[i] ? "number" : "");
      cell.scope = "col";
      const button = element("button", "sort", title);
      button.type = "button";
      cell.append(button);
      head.append(cell);
    }
    const body = table.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      for (const [i, { field }] of shown.entries()) {
        const value = row[field];
        // A minus is no hyphen; what is sorted by keeps the hyphen, which is a number.
        const text = numeric[i] ? String(value ?? "—").replaceAll("-", "−") : String(value ?? "—");
        const cell = element(i === 0 ? "th" : "td", numeric[i] ? "number" : "", text);
        if (numeric[i] && value !== null && value !== undefined) cell.dataset.sort = String(value);
        if (cell instanceof HTMLTableCellElement && i === 0) cell.scope = "row";
        if (value === null || value === undefined) cell.dataset.sort = "";
        line.append(cell);
      }
    }
    const scroll = element("div", "scroll");
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", caption);
    scroll.tabIndex = 0;
    scroll.append(table);
    return scroll;
  };

  for (const details of document.querySelectorAll<HTMLDetailsElement>("details.numbers")) {
    const figure = details.closest("figure")!;
    const { spec } = JSON.parse(figure.querySelector("script.chart-data")!.textContent!) as { spec: Node };
    const found: Found[] = [];
    collect(spec, (spec.datasets ?? {}) as Sets, [], found);
    details.hidden = found.length === 0;
    const fill = (): void => {
      const name = figure.querySelector("h3")?.textContent ?? "";
      details.append(...found.map((one) => build(one, `Numbers of the chart: ${name}`)));
    };
    details.addEventListener("toggle", fill, { once: true });
  }
}
