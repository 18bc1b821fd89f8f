/* The leaflet as its pages lie before a reader. Pages are swapped where they are, so it keeps its place. */

import { oneAtATime } from "./live.js";
import { item } from "./problems.js";

const byId = (id) => document.getElementById(id);
const KEPT = "preview-format";

export class Leaflet {
  constructor() {
    this.page = null;
    this.shape = "";
    this.key = "";
    this.isOn = true;
    this.refresh = oneAtATime(() => this.load());
    byId("format").addEventListener("change", ({ target }) => {
      localStorage.setItem(KEPT, target.value);
      this.refresh();
    });
    byId("zoom").addEventListener("change", () => this.sharpen());
    new ResizeObserver(() => this.sharpen()).observe(byId("spreads"));
  }

  turn(is) {
    this.isOn = is;
    if (is) this.refresh();
  }

  /* The page that is looked at has changed, or is another one. */
  show(page) {
    const select = byId("format");
    const wanted = localStorage.getItem(KEPT);
    if (JSON.stringify(this.page?.forms) !== JSON.stringify(page.forms))
      select.replaceChildren(...page.forms.map((form) => new Option(form.title, form.name, false, form.name === wanted)));
    if (this.page?.borough !== page.borough) this.empty();
    this.page = page;
    select.disabled = page.forms.length === 0;
    this.refresh();
  }

  async load() {
    const { borough } = this.page ?? {};
    const format = byId("format").value;
    if (!this.isOn) return;
    if (!borough || !format) {
      this.empty();
      this.say(this.page ? (borough ? "This summary has no leaflet." : "Open a borough’s page to see its leaflet.") : "");
      return;
    }
    const answer = await fetch(`/_preview/leaflet?${new URLSearchParams({ borough, format })}`);
    if (!answer.ok) return;
    this.draw(await answer.json(), `${borough}/${format}`);
  }

  empty() {
    this.shape = this.key = this.of = "";
    byId("spreads").replaceChildren();
    byId("refused").hidden = byId("pdf").hidden = true;
  }

  say(words, kind = "") {
    const line = byId("state");
    if (line.textContent !== words) line.textContent = words;
    line.className = `state ${kind}`;
  }

  draw(told, of) {
    if (this.of !== of) this.empty();
    this.of = of;
    const isRefused = Boolean(told.failed) || told.problems.length > 0;
    if (!told.is_fresh) this.say("Being laid out …", "busy");
    else if (isRefused) this.say("Not made", "wrong");
    else this.say(`Up to date, ${told.pages.length} pages`);
    byId("spreads").classList.toggle("older", !told.is_fresh);
    const refused = byId("refused");
    refused.hidden = !isRefused;
    refused.replaceChildren(told.failed, ...told.problems.map(item));
    byId("pdf").hidden = isRefused || !told.key;
    if (!told.key) return;
    byId("pdf").href = `/${this.page.borough}/${told.file}`;
    if (told.key === this.key) return;
    const shape = JSON.stringify([told.spreads, told.pages]);
    if (shape !== this.shape) this.lay(told);
    this.shape = shape;
    this.key = told.key;
    byId("spreads").classList.toggle("draft", told.is_draft);
    this.sharpen();
  }

  /* Empty pages of the right size, so that nothing moves when the pictures come. */
  lay({ spreads, pages, direction }) {
    const widest = Math.max(...spreads.map((spread) => spread.reduce((sum, n) => sum + pages[n - 1].width, 0)));
    const rows = spreads.map((spread) => {
      const row = document.createElement("div");
      row.className = "spread";
      row.dir = direction;
      row.append(
        ...spread.map((number) => {
          const { width, height } = pages[number - 1];
          const leaf = document.createElement("img");
          leaf.alt = `Page ${number} of ${pages.length}`;
          leaf.dataset.number = number;
          leaf.style.setProperty("--share", width / widest);
          leaf.style.aspectRatio = `${width} / ${height}`;
          return leaf;
        }),
      );
      return row;
    });
    byId("spreads").replaceChildren(...rows);
  }

  /* The pictures as sharp as the screen, those that are seen first. */
  sharpen() {
    const box = byId("spreads");
    box.style.setProperty("--zoom", byId("zoom").value);
    if (!this.key) return;
    const around = box.getBoundingClientRect();
    const far = (leaf) => {
      const { top, bottom } = leaf.getBoundingClientRect();
      return bottom < around.top ? around.top - bottom : Math.max(0, top - around.bottom);
    };
    const leaves = [...box.querySelectorAll("img")].sort((a, b) => far(a) - far(b));
    for (const leaf of leaves) this.fill(leaf);
  }

  async fill(leaf) {
    const dots = Math.ceil((leaf.clientWidth * devicePixelRatio) / 100) * 100;
    const address = `/_preview/page/${this.key}/${leaf.dataset.number}.png?width=${dots}`;
    if (!dots || leaf.dataset.wanted === address) return;
    leaf.dataset.wanted = address;
    const coming = new Image();
    coming.src = address;
    try {
      await coming.decode();
    } catch {
      if (leaf.dataset.wanted === address) delete leaf.dataset.wanted; // a newer one is on its way
      return;
    }
    if (leaf.dataset.wanted === address) leaf.src = address;
  }
}
