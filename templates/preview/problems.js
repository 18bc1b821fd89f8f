/* What is wrong, over the page: each with its place, the quoted line and the way out. */

const FRAME = `
<link rel="stylesheet" href="/_preview/files/problems.css">
<div class="heard" role="status" aria-live="polite"></div>
<section class="sheet" aria-label="Problems" hidden>
  <header>
    <p class="head"><strong class="count"></strong> <span class="note"></span></p>
    <button type="button" class="hide">Hide</button>
  </header>
  <ol class="list"></ol>
</section>
<button type="button" class="chip" aria-expanded="false" hidden></button>
`;

export class Problems {
  constructor(parent = document.body) {
    this.host = document.createElement("div");
    this.host.dataset.preview = "";
    this.host.lang = "en-GB";
    this.host.dir = "ltr";
    this.host.id = "preview-problems";
    const root = this.host.attachShadow({ mode: "open" });
    root.innerHTML = FRAME;
    parent.append(this.host);
    for (const name of ["heard", "sheet", "count", "note", "list", "chip"]) this[name] = root.querySelector(`.${name}`);
    this.isOpen = true;
    this.isThere = true;
    this.said = "";
    this.told = null;
    root.querySelector(".hide").addEventListener("click", () => this.open(false));
    this.chip.addEventListener("click", () => this.open(true));
    this.sheet.addEventListener("keydown", (event) => event.key === "Escape" && this.open(false));
  }

  connected(is) {
    this.isThere = is;
    this.draw();
  }

  /* A new mistake opens the sheet; a note waits to be asked for. */
  show(told) {
    const before = this.told;
    this.told = told;
    const key = (each) => JSON.stringify([each.what, each.edit.place]);
    const known = new Set((before?.problems ?? []).map(key));
    const isNew = told.problems.some((each) => each.severity === "error" && !known.has(key(each)));
    if (!told.is_good && (isNew || before?.is_good !== false)) this.isOpen = true;
    if (told.is_good && (!before || !before.is_good)) this.isOpen = false;
    this.draw();
    if (before && !before.is_good && told.is_good) this.say("Mended. The page is up to date.");
    else if (!told.is_good && isNew) this.say(`${this.count.textContent} ${told.problems[0]?.what ?? told.said}`);
  }

  open(is) {
    this.isOpen = is;
    this.draw();
    (is ? this.sheet.querySelector(".hide") : this.chip).focus();
  }

  say(words) {
    this.heard.textContent = words;
    this.heard.classList.toggle("shown", words.startsWith("Mended"));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.heard.classList.remove("shown"), 2500);
  }

  draw() {
    const { problems = [], is_good: isGood = true, said = "", restart = [] } = this.told ?? {};
    const errors = problems.filter((each) => each.severity === "error").length;
    const notes = problems.length - errors;
    const isAny = !isGood || problems.length > 0 || restart.length > 0 || !this.isThere;
    const title = this.title({ isGood, errors, notes, restart });
    this.sheet.classList.toggle("mild", isGood && this.isThere);
    this.count.textContent = title;
    this.note.textContent = this.words({ isGood, said, restart });
    const drawn = JSON.stringify(problems);
    if (drawn !== this.said) this.list.replaceChildren(...problems.map(item));
    this.said = drawn;
    this.list.hidden = problems.length === 0;
    this.sheet.hidden = !isAny || !this.isOpen;
    this.chip.hidden = !isAny || this.isOpen;
    this.chip.textContent = title;
    this.chip.classList.toggle("mild", isGood && this.isThere);
  }

  title({ isGood, errors, notes, restart }) {
    const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
    if (!this.isThere) return "The preview has stopped.";
    if (!isGood) return errors ? `${many(errors, "problem")}.` : "The page cannot be made.";
    return notes ? `${many(notes, "note")}.` : restart.length ? "The program has changed." : "";
  }

  words({ isGood, said, restart }) {
    if (!this.isThere) return "Start it again: python3 build.py preview";
    if (restart.length) return `Stop the preview with Ctrl-C and start it again, because ${restart.join(", ")} changed.`;
    if (said) return said;
    return isGood ? "They do not stop a build." : "Until all is mended, you see the last state without mistakes.";
  }
}

const made = (name, className, ...inner) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...inner);
  return element;
};

/* Words with what stands between backticks set as code. */
function coded(words) {
  return words.split("`").map((part, index) => (index % 2 ? made("code", "", part) : part));
}

function item(problem) {
  const place = problem.edit.program ? made("a", "place", problem.edit.place) : made("span", "place", problem.edit.place);
  if (problem.edit.program) {
    place.href = problem.edit.program;
    place.title = "Open the file at this line";
  }
  const where = made("p", "where", place);
  if (problem.edit.browser) {
    const form = made("a", "form", "Change it in a form");
    form.href = problem.edit.browser;
    form.target = "_top";
    where.append(" ", form);
  }
  const parts = [made("p", "what", ...coded(problem.what)), where];
  if (problem.marked || problem.before || problem.after) {
    const number = made("span", "number", String(problem.line));
    number.ariaHidden = "true";
    const line = made("code", "", problem.before, made("mark", "", problem.marked), problem.after);
    parts.push(made("pre", "quote", number, line));
  }
  if (problem.way_out) parts.push(made("p", "way-out", ...coded(problem.way_out)));
  return made("li", problem.severity, ...parts);
}

export { item };
