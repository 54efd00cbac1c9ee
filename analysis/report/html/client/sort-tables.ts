/** @file Runs in the page: tables sort by the buttons in their heads. Sent to the browser as the text of the function. */

/**
 * Lets every button of class `sort` sort the rows of its table, also in tables that come later.
 *
 * A cell is sorted by its attribute `data-sort`, or by its text; empty keys stay last. Equal rows keep their order. The
 * head says the direction (`aria-sort`), and an element with the id `announcer` says it aloud.
 *
 * It must use nothing from outside of itself but the page.
 */
export function sortTables(): void {
  const collator = new Intl.Collator("en", { numeric: true });
  const keyOf = (row: HTMLTableRowElement, column: number): string => {
    const cell = row.cells[column];
    return (cell?.dataset.sort ?? cell?.textContent ?? "").trim();
  };
  const compare = (a: string, b: string): number => {
    const [left, right] = [Number(a), Number(b)];
    return Number.isFinite(left) && Number.isFinite(right) ? left - right : collator.compare(a, b);
  };
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button.sort") : null;
    const head = button?.closest("th");
    const body = button?.closest("table")?.tBodies[0];
    if (!button || !head || !body) return;
    const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    for (const other of head.parentElement!.children) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction);
    const rows = [...body.rows].map((row, place) => ({ row, place, key: keyOf(row, head.cellIndex) }));
    rows.sort((a, b) => {
      if ((a.key === "") !== (b.key === "")) return a.key === "" ? 1 : -1;
      const order = compare(a.key, b.key) || 0;
      return (direction === "ascending" ? order : -order) || a.place - b.place;
    });
    body.append(...rows.map(({ row }) => row));
    const announcer = document.getElementById("announcer");
    if (announcer) announcer.textContent = `Sorted by ${button.textContent}, ${direction}.`;
  });
}
