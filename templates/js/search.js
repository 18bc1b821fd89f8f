// The search page. Nothing of the index is loaded before somebody searches.
// Where it cannot be loaded, the list of all pages stays as it is.

const byId = id => document.getElementById(id);
const form = byId("search-form"), input = byId("words"), count = byId("search-count");
const results = byId("search-results"), more = byId("search-more"), listing = byId("listing");
const AT_ONCE = 10;
let engine, found = [], shown = 0, latest = 0;

function load() {
  engine ??= (async () => {
    const here = new URL(form.dataset.index, document.baseURI);
    const { createInstance } = await import(here.href);
    const root = new URL(form.dataset.root, document.baseURI).pathname;
    // The index is small: a worker would cost another 40 kB, and where one does not start, five seconds.
    const pagefind = createInstance({ noWorker: true });
    await pagefind.options({ baseUrl: root, excerptLength: 24 });
    await pagefind.init();
    for (const language of form.dataset.languages.split(" ").filter(Boolean)) {
      await pagefind.mergeIndex(new URL(".", here).href, { language, baseUrl: root });
    }
    return pagefind;
  })();
  return engine;
}

// Excerpts come as HTML with <mark> around what was found, and with the page's own text escaped.
function excerpt(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const said = document.createElement("p");
  for (const node of parsed.body.childNodes) {
    if (node.nodeName === "MARK") {
      said.append(Object.assign(document.createElement("mark"), { textContent: node.textContent }));
    } else {
      said.append(node.textContent);
    }
  }
  return said;
}

const link = (href, words) => Object.assign(document.createElement("a"), { href, textContent: words });

function entry(page) {
  const item = document.createElement("li");
  const title = document.createElement("h2");
  title.append(link(page.url, page.meta.title));
  item.append(title, excerpt(page.excerpt));
  const sections = page.sub_results.filter(part => part.anchor && part.title !== page.meta.title);
  const places = document.createElement("ul");
  for (const part of sections.slice(0, 3)) {
    const place = document.createElement("li");
    place.append(link(part.url, part.title));
    places.append(place);
  }
  if (page.meta.leaflet) {
    const place = document.createElement("li");
    place.append(link(new URL(page.meta.leaflet, new URL(page.url, document.baseURI)).href, results.dataset.leaflet));
    places.append(place);
  }
  if (places.children.length) item.append(places);
  return item;
}

async function showMore() {
  const asked = latest;
  const pages = await Promise.all(found.slice(shown, shown + AT_ONCE).map(each => each.data()));
  if (asked !== latest) return null;
  const entries = pages.map(entry);
  results.append(...entries);
  shown += pages.length;
  more.hidden = shown >= found.length;
  return entries[0] ?? null;
}

async function search(words) {
  const asked = ++latest;
  results.replaceChildren();
  more.hidden = true;
  listing.hidden = Boolean(words);
  count.textContent = words ? count.dataset.waiting : "";
  if (!words) return;
  try {
    const answer = await (await load()).search(words);
    if (asked !== latest) return;
    found = answer.results;
    shown = 0;
    await showMore();
    if (asked !== latest) return;
    const { none, one, some } = count.dataset;
    count.textContent = (found.length === 0 ? none : found.length === 1 ? one : some).replace("{count}", found.length);
    listing.hidden = found.length > 0;
  } catch {
    count.textContent = count.dataset.failed;
    listing.hidden = false;
  }
}

form.addEventListener("submit", event => {
  event.preventDefault();
  const words = input.value.trim();
  history.replaceState(null, "", words ? `?q=${encodeURIComponent(words)}` : location.pathname);
  search(words);
});
more.addEventListener("click", async () => {
  const first = await showMore();
  first?.querySelector("a").focus();
});

form.hidden = false;
byId("search-without").hidden = true;
const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  input.value = asked;
  search(asked.trim());
}
