// Tables that can be put in another order. Without this script their rows stand by name.

const fill = (text, names) => text.replace(/\{(\w+)\}/g, (_, name) => names[name]);

// Rows without a value stay last, whichever way the others run; equal ones keep their order.
export function sorted(rows, value, isDescending, compare) {
  const known = rows.filter(row => value(row) !== null), unknown = rows.filter(row => value(row) === null);
  known.sort((a, b) => compare(value(a), value(b)) * (isDescending ? -1 : 1));
  return [...known, ...unknown];
}

function sortable(table) {
  const status = document.getElementById("sort-status"), hint = document.getElementById("sort-hint");
  const body = table.tBodies[0], headings = [...table.tHead.rows[0].cells];
  const byName = [...body.rows];
  const words = new Intl.Collator(document.documentElement.lang).compare;
  const numbers = (a, b) => a - b;

  headings.forEach((heading, column) => {
    const isNumber = heading.classList.contains("num");
    const name = heading.textContent.trim();
    const value = row => {
      const cell = row.cells[column];
      if (!isNumber) return (cell.querySelector("a, .outcome") ?? cell).textContent.trim() || null;
      return "value" in cell.dataset ? Number(cell.dataset.value) : null;
    };
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
    button.addEventListener("click", () => {
      const isDescending = heading.getAttribute("aria-sort") === "ascending";
      for (const each of headings) each.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
      body.append(...sorted(byName, value, isDescending, isNumber ? numbers : words));
      const order = `${isNumber ? "number" : "words"}${isDescending ? "Down" : "Up"}`;
      status.textContent = fill(status.dataset.said, { column: name, order: status.dataset[order] });
    });
    heading.replaceChildren(button);
  });
  hint.hidden = false;
}

for (const table of document.querySelectorAll("table.sortable")) sortable(table);
