// What makes the pages handier. Everything can be read and narrowed down without it.
"use strict";

// Requests to copy: the address of this server, and a button that copies.
for (const code of document.querySelectorAll(".request code")) {
  code.textContent = code.textContent.replace("HOST", location.origin); // the first: others are somebody's words
  if (!navigator.clipboard) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
  });
  code.after(button);
}

// In a narrow window, what statements can be narrowed down by is folded up, so that they are seen at once.
const wide = matchMedia("(min-width: 56rem)");
const fold = () => {
  for (const facets of document.querySelectorAll(".facets")) {
    facets.open = wide.matches;
    facets.classList.add("ready");
  }
};
wide.addEventListener("change", fold);
fold();

// Fields of a search that are left empty need no place in its address.
document.querySelector(".search")?.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (!value) formData.delete(name);
});

// The first text that is read takes its time, for which the program gets ready.
const read = document.querySelector(".try button");
if (read) {
  const label = read.textContent;
  read.form.addEventListener("submit", () => {
    read.textContent = "Reading…";
    read.disabled = true;
  });
  addEventListener("pageshow", () => {
    read.textContent = label;
    read.disabled = false;
  });
}

// The timeline: drawing over several bars asks for all their days.
for (const svg of document.querySelectorAll("svg[data-brush]")) {
  const bars = [...svg.querySelectorAll("a")];
  let first = null;
  let last = null;
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const place = Math.floor(((event.clientX - box.left) / box.width) * Number(svg.dataset.brush));
    return Math.min(Math.max(place, 0), bars.length - 1);
  };
  const show = () => {
    const [from, to] = [Math.min(first, last), Math.max(first, last)];
    bars.forEach((bar, place) => bar.classList.toggle("drawn", first !== null && place >= from && place <= to));
  };
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    if (event.isPrimary && event.button === 0) first = last = at(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (first === null) return;
    last = at(event);
    show();
  });
  const stop = () => {
    first = null;
    show();
  };
  addEventListener("pointercancel", stop); // by scrolling, for one
  addEventListener("pointerup", () => {
    if (first === null) return;
    const [from, to] = [Math.min(first, last), Math.max(first, last)];
    stop();
    if (from === to) return; // a click, which is the link's
    const address = new URL(location.href);
    for (const name of ["date", "cursor"]) address.searchParams.delete(name);
    address.searchParams.set("from", bars[from].dataset.start);
    address.searchParams.set("to", bars[to].dataset.end);
    location.assign(address);
  });
}

/** Give the id that the address leads to, "" where what stands there is none. */
const target = () => {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
};

// A text with the record laid over it: what belongs together lights up together.
const lightTarget = () => {
  const id = target().replace(/^about-/, "");
  for (const each of document.querySelectorAll(".shown")) each.classList.remove("shown");
  if (!id) return;
  const told = document.getElementById(`about-${id}`);
  told?.classList.add("shown");
  for (const piece of document.querySelectorAll(".piece[data-of]")) {
    if (piece.dataset.of.split(" ").map(decodeURIComponent).includes(id)) piece.classList.add("shown");
  }
  // Beside the text the list has a scroll bar of its own: to its middle, as its top is out of sight at the end of a page.
  const list = document.querySelector(".laid > aside");
  if (!told || !list) return;
  const above = told.getBoundingClientRect().top - list.getBoundingClientRect().top;
  list.scrollTop += above - (list.clientHeight - told.offsetHeight) / 2;
};
addEventListener("hashchange", lightTarget);
lightTarget();

// A passage of a text has an address: #char=START,END in code points, as in RFC 5147.
const text = document.querySelector("[data-text]");

/** Give the node and the place in it, in UTF-16 units, of a code point of the text. */
const placeOf = (point) => {
  const blocks = [...text.querySelectorAll(".block")].filter((block) => Number(block.dataset.start) <= point);
  if (!blocks.length) return null;
  const block = blocks[blocks.length - 1];
  let left = point - Number(block.dataset.start);
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let last = null;
  while (walker.nextNode()) {
    last = walker.currentNode;
    const points = [...last.data];
    if (left <= points.length) return [last, points.slice(0, left).join("").length];
    left -= points.length;
  }
  return last && [last, last.data.length];
};

/** Give the code point of the text at which a place in the page stands: between blocks, where the one before ends. */
const pointOf = (node, place) => {
  const before = document.createRange();
  let block = text.querySelector(".block");
  for (const each of text.querySelectorAll(".block")) {
    before.selectNodeContents(each);
    if (before.comparePoint(node, place) < 0) break;
    block = each;
  }
  before.selectNodeContents(block);
  const where = before.comparePoint(node, place);
  if (where < 0) before.collapse(true);
  if (where === 0) before.setEnd(node, place);
  return Number(block.dataset.start) + [...before.toString()].length;
};

const showPassage = () => {
  const asked = /^#char=(\d+),(\d+)$/.exec(location.hash);
  CSS.highlights?.delete("passage");
  const [start, end] = asked ? [placeOf(Number(asked[1])), placeOf(Number(asked[2]))] : [null, null];
  if (!start || !end) return;
  const range = document.createRange();
  range.setStart(...start);
  range.setEnd(...end);
  if (CSS.highlights) CSS.highlights.set("passage", new Highlight(range));
  else getSelection().setBaseAndExtent(...start, ...end);
  start[0].parentElement.scrollIntoView({ block: "center" });
};

const offerPassage = () => {
  const offered = document.querySelector("[data-passage]");
  const selection = getSelection();
  const range = selection.isCollapsed ? null : selection.getRangeAt(0);
  offered.hidden = !range?.intersectsNode(text);
  if (offered.hidden) return;
  const [start, end] = [pointOf(range.startContainer, range.startOffset), pointOf(range.endContainer, range.endOffset)];
  offered.firstElementChild.href = `#char=${start},${end}`;
};

if (text?.querySelector(".block")) {
  addEventListener("hashchange", showPassage);
  document.addEventListener("selectionchange", offerPassage);
  showPassage();
}
