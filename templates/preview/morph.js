/* A new page into the open one: only what differs is touched, so scrolling, focus, open parts and
   what was typed stay. Elements with `data-preview` are ours, and are passed over. */

const isOurs = (node) => node.nodeType === Node.ELEMENT_NODE && "preview" in node.dataset;
const nextOf = (node) => {
  let at = node;
  while (at && isOurs(at)) at = at.nextSibling;
  return at;
};
const isAlike = (a, b) =>
  a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id ?? "") === (b.id ?? "");
const MARK = "data-preview-draft"; // ours too, on links of the page
const KEPT = new Set(["open", "value", "checked", MARK]); // what a reader does to an element

export async function morph(wanted) {
  document.title = wanted.title;
  attributes(document.documentElement, wanted.documentElement);
  const outdated = await stylesheets(wanted);
  attributes(document.body, wanted.body);
  const changed = [];
  children(document.body, wanted.body, changed);
  for (const link of outdated) link.remove();
  return changed;
}

/* Loads the new stylesheets beside the old ones, which go when the page has changed too. */
async function stylesheets(wanted) {
  const links = (page) => [...page.head.querySelectorAll('link[rel="stylesheet"]')].filter((l) => !isOurs(l));
  const address = (link) => link.getAttribute("href");
  const before = links(document);
  const known = new Set(before.map(address));
  const coming = links(wanted)
    .filter((link) => !known.has(address(link)))
    .map((link) => {
      const added = document.importNode(link, true);
      const loaded = new Promise((done) => {
        added.addEventListener("load", done);
        added.addEventListener("error", done);
      });
      (before.at(-1) ?? document.head.lastElementChild).after(added);
      return loaded;
    });
  await Promise.all(coming);
  const kept = new Set(links(wanted).map(address));
  return before.filter((link) => !kept.has(address(link)));
}

function attributes(old, wanted) {
  let differs = false;
  for (const { name } of [...old.attributes])
    if (!wanted.hasAttribute(name) && !KEPT.has(name)) {
      old.removeAttribute(name);
      differs = true;
    }
  for (const { name, value } of wanted.attributes)
    if (!KEPT.has(name) && old.getAttribute(name) !== value) {
      old.setAttribute(name, value);
      differs = true;
    }
  return differs;
}

function children(parent, wantedParent, changed) {
  const ends = [...wantedParent.childNodes].filter((node) => !isOurs(node));
  const later = (from, node) => {
    for (let at = nextOf(from); at; at = nextOf(at.nextSibling)) if (at.isEqualNode(node)) return at;
    return null;
  };
  let at = nextOf(parent.firstChild);
  ends.forEach((want, index) => {
    if (at && isSame(at, want)) {
      at = nextOf(at.nextSibling);
      return;
    }
    const found = at && want.nodeType === Node.ELEMENT_NODE ? later(at.nextSibling, want) : null;
    const stays = at && ends.slice(index + 1).some((each) => isSame(at, each));
    if (found && !stays) {
      while (at !== found) {
        const gone = at;
        at = nextOf(at.nextSibling);
        gone.remove();
      }
      at = nextOf(found.nextSibling);
    } else if (at && isAlike(at, want) && !stays) {
      node(at, want, changed);
      at = nextOf(at.nextSibling);
    } else {
      const added = document.importNode(want, true);
      parent.insertBefore(added, at);
      changed.push(added);
    }
  });
  while (at) {
    const gone = at;
    at = nextOf(at.nextSibling);
    gone.remove();
  }
}

/* Equal but for what is ours inside it. */
function isSame(old, want) {
  if (old.isEqualNode(want)) return true;
  if (old.nodeType !== Node.ELEMENT_NODE) return false;
  const bare = old.cloneNode(true);
  const ours = [...bare.querySelectorAll("[data-preview]")];
  const marked = [bare, ...bare.querySelectorAll(`[${MARK}]`)].filter((each) => each.hasAttribute(MARK));
  if (!ours.length && !marked.length) return false;
  for (const each of ours) each.remove();
  for (const each of marked) each.removeAttribute(MARK);
  return bare.isEqualNode(want);
}

function node(old, want, changed) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== want.nodeValue) {
      old.nodeValue = want.nodeValue;
      changed.push(old);
    }
    return;
  }
  if (attributes(old, want)) changed.push(old);
  if (old.localName === "template") old.replaceWith(document.importNode(want, true));
  else children(old, want, changed);
}
