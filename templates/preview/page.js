/* In every page of the preview: follows what is saved, and leads from each section to its file. */

import { follow, oneAtATime, state } from "./live.js";
import { morph } from "./morph.js";
import { Problems } from "./problems.js";

const path = decodeURIComponent(location.pathname);
const isFramed = window.parent !== window;
const problems = isFramed ? null : new Problems();
const isMissing = Boolean(document.querySelector("meta[name='preview-missing']"));
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const LIT = ["#f2b544", "transparent"].map((colour) => ({ outline: `3px solid ${colour}`, outlineOffset: "3px" }));
let tag = null;

const update = oneAtATime(async () => {
  const asked = fetch(location.pathname, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
  const [answer, told] = await Promise.all([asked, state(path)]);
  if (answer.status !== 304) {
    const isGone = answer.status === 404;
    if (isGone !== isMissing) {
      location.reload();
      return;
    }
    if (!isGone) await take(answer);
  }
  show(told);
});

async function take(answer) {
  const wanted = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (wanted.querySelector("script[src]:not([data-preview])")) {
    if (tag) location.reload(); // its scripts hold on to what they found when it was loaded
  } else point(await morph(wanted));
  tag = answer.headers.get("ETag");
}

/* What has changed is lit up for a moment. */
function point(changed) {
  if (!tag || calm.matches) return;
  for (const node of changed.slice(0, 12)) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    element?.animate(LIT, { duration: 1400, easing: "ease-in" });
  }
}

function show(told) {
  problems?.show(told);
  mark(told.drafts);
  for (const old of document.querySelectorAll(".preview-edit"))
    if (!told.page.sections[old.closest("section[id]")?.id]) old.remove();
  for (const [name, way] of Object.entries(told.page.sections)) {
    const section = document.getElementById(name);
    if (section) edit(section, way);
  }
}

function edit(section, way) {
  const head = section.querySelector(":scope > .section-head") ?? section;
  let ways = head.querySelector(":scope > .preview-edit");
  if (!ways) {
    ways = document.createElement("p");
    ways.className = "preview-edit";
    ways.dataset.preview = "";
    ways.lang = "en-GB";
    head.append(ways);
  }
  const title = section.querySelector("h2")?.textContent.trim() ?? section.id;
  const links = [
    [way.program, "Edit", `Edit “${title}” in your editor: ${way.place}`],
    [way.browser, "Form", `Change “${title}” in a form`],
  ].filter(([href]) => href);
  while (ways.children.length > links.length) ways.lastElementChild.remove();
  while (ways.children.length < links.length) ways.append(document.createElement("a"));
  links.forEach(([href, words, label], index) => {
    const link = ways.children[index]; // the same as before, so that it stays in focus
    link.href = href;
    link.textContent = words;
    link.title = label;
    link.setAttribute("aria-label", label);
    link.target = words === "Form" ? "_top" : "";
  });
}

/* Links to what a build would leave out. */
function mark(drafts) {
  const found = new Set(drafts.map((folder) => new URL(`/${folder}index.html`, location).pathname));
  for (const link of document.querySelectorAll("a[href]"))
    link.toggleAttribute("data-preview-draft", found.has(link.pathname));
}

follow({
  changed: (what) => what !== "leaflet" && update(),
  connected: (is) => {
    problems?.connected(is);
    if (is) update();
  },
});
update();
