// The start page: a filter over the list of boroughs, and postcode districts looked up in place.
// Without this script the list is whole, and the form leads to the page of all districts.

const letters = text => text.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "");
const fill = (text, names) => text.replace(/\{(\w+)\}/g, (_, name) => names[name]);
const byId = id => document.getElementById(id);

function filterList() {
  const box = byId("filter"), input = byId("filter-words"), count = byId("filter-count");
  const rows = [...byId("borough-list").children];
  const names = rows.map(row => letters(row.querySelector(".name").textContent));
  const show = () => {
    const wanted = letters(input.value);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !names[index].includes(wanted);
      shown += row.hidden ? 0 : 1;
    });
    const { all, some, none } = count.dataset;
    const said = shown === 0 ? none : shown === rows.length ? all : some;
    count.textContent = fill(said, { count: shown, all: rows.length });
  };
  input.addEventListener("input", show);
  box.hidden = false;
  show();
}

// What stands before the space of a postcode: in "RM1 3BD", "rm13bd" and "RM1" it is RM1.
export function district(typed) {
  const text = typed.toUpperCase().replace(/[^A-Z0-9 ]/g, "").trim();
  const parts = /^([A-Z]{1,2}\d[A-Z\d]?)(?: *\d[A-Z]{2})?$/.exec(text) ?? /^([A-Z]{1,2}\d[A-Z\d]?) /.exec(text);
  return parts ? parts[1] : null;
}

function lookUp() {
  const form = byId("postcode-form"), input = byId("postcode"), answer = byId("postcode-answer");
  if (!form) return;
  let known;
  const load = () => known ??= fetch(form.dataset.districts).then(found => found.json());

  const link = slug => {
    const row = document.querySelector(`[data-borough="${slug}"]`);
    const item = document.createElement("li");
    item.append(row.querySelector(".name").cloneNode(true));
    if (!row.querySelector("a.name")) item.append(` (${answer.dataset.empty})`);
    return item;
  };
  const line = words => Object.assign(document.createElement("p"), { textContent: words });

  form.addEventListener("submit", async event => {
    event.preventDefault();
    const wanted = district(input.value);
    if (!wanted) {
      input.setAttribute("aria-invalid", "true");
      answer.replaceChildren(line(answer.dataset.unreadable));
      return;
    }
    input.removeAttribute("aria-invalid");
    let data;
    try {
      data = await load();
    } catch {
      form.submit();  // the page of all districts says the same
      return;
    }
    const slugs = data.districts[wanted];
    if (!slugs) {
      answer.replaceChildren(line(fill(answer.dataset.none, { district: wanted })));
      return;
    }
    const list = document.createElement("ul");
    list.append(...slugs.map(link));
    const said = [line(fill(answer.dataset.in, { district: wanted })), list];
    if (data.outside.includes(wanted)) said.push(line(answer.dataset.outside));
    answer.replaceChildren(...said);
  });
}

if (byId("borough-list")) filterList();
lookUp();
