/* The page on the left, its leaflet on the right, and what is wrong over both. */

import { follow, oneAtATime, state } from "./live.js";
import { Leaflet } from "./leaflet.js";
import { Problems } from "./problems.js";

const byId = (id) => document.getElementById(id);
const frame = byId("page");
const problems = new Problems();
const leaflet = new Leaflet();
const kept = (name, otherwise) => localStorage.getItem(`preview-${name}`) ?? otherwise;
const keep = (name, value) => localStorage.setItem(`preview-${name}`, value);

// Which page

const start = decodeURIComponent(location.hash.slice(1));
frame.addEventListener("load", arrived);
frame.src = start.startsWith("/") && !start.startsWith("//") ? start : "/";

function arrived() {
  const at = frame.contentWindow.location;
  if (at.origin !== location.origin) return;
  history.replaceState(null, "", `#${at.pathname}`);
  byId("alone").href = at.pathname;
  byId("at").textContent = decodeURIComponent(at.pathname);
  refresh();
}

const refresh = oneAtATime(async () => {
  const path = decodeURIComponent(frame.contentWindow.location.pathname);
  const told = await state(path);
  problems.show(told);
  document.title = `${told.page.title || frame.contentDocument?.title || path} – Preview`;
  leaflet.show(told.page);
});

follow({
  changed: (what) => (what === "leaflet" ? leaflet.refresh() : refresh()),
  connected: (is) => {
    problems.connected(is);
    if (is) refresh();
  },
});

// How wide

for (const choice of document.querySelectorAll("input[name='width']")) {
  choice.checked = choice.value === kept("width", "");
  choice.addEventListener("change", () => keep("width", choice.value));
  choice.addEventListener("change", widen);
}
widen();

function widen() {
  const width = document.querySelector("input[name='width']:checked")?.value;
  frame.style.inlineSize = width ? `${width}px` : "";
}

// Between the two

const split = byId("split");
share(Number(kept("share", "42")));
split.addEventListener("keydown", ({ key }) => {
  const step = { ArrowLeft: 2, ArrowRight: -2 }[key];
  if (step) share(Number(split.ariaValueNow) + step);
});
split.addEventListener("pointerdown", (down) => {
  split.setPointerCapture(down.pointerId);
  byId("panes").classList.add("dragged"); // a frame would swallow the movement
  const move = ({ clientX }) => share(100 - (100 * clientX) / innerWidth);
  split.addEventListener("pointermove", move);
  split.addEventListener(
    "lostpointercapture",
    () => {
      split.removeEventListener("pointermove", move);
      byId("panes").classList.remove("dragged");
    },
    { once: true },
  );
});

function share(percent) {
  const taken = Math.round(Math.min(75, Math.max(20, percent || 42)));
  split.ariaValueNow = String(taken);
  byId("panes").style.setProperty("--leaflet", `${taken}%`);
  keep("share", taken);
}

const toggle = byId("toggle");
toggle.addEventListener("click", () => turn(toggle.ariaPressed !== "true"));
turn(kept("leaflet", matchMedia("(min-width: 60rem)").matches ? "shown" : "hidden") === "shown");

function turn(is) {
  toggle.ariaPressed = String(is);
  byId("panes").classList.toggle("without-leaflet", !is);
  keep("leaflet", is ? "shown" : "hidden");
  leaflet.turn(is);
}
