// Marks what was looked for in the page that a result of the search opens.
//
// The marks are the browser's own highlights: not a character or an element of the page changes, so
// its text stays what was compared with the capture.

const RUN = /[\p{L}\p{N}\p{M}\u200c\u200d]+/gu;
const QUOTED = /"([^"]+)"/g;
const UNSPACED = /^[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/u;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// What search.js puts into the address: phrases in quotation marks, and words as they stand folded.
function parse(q) {
  const phrases = [...q.matchAll(QUOTED)].map(([, phrase]) => phrase.trim()).filter(Boolean);
  const words = q.replace(QUOTED, " ").split(/\s+/).map(fold).filter(Boolean);
  phrases.push(...words.filter((word) => UNSPACED.test(word)));
  return { phrases, words: new Set(words) };
}

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
function patternOf(phrase) {
  const source = escaped(phrase).replace(/\s+/g, "\\s+").replace(/['’‘ʼ]/g, "['’‘ʼ]")
    .replace(/["“”„«»]/g, "[\"“”„«»]").replace(/\\-|[–—‑]/g, "[-–—‑]");
  return new RegExp(UNSPACED.test(phrase) ? source : `(?<![\\p{L}\\p{N}\\p{M}])${source}(?![\\p{L}\\p{N}\\p{M}])`, "giu");
}

function* placesIn(text, { phrases, words }) {
  for (const phrase of phrases) {
    for (const found of text.matchAll(patternOf(phrase))) yield [found.index, found.index + found[0].length];
  }
  for (const token of words.size ? text.matchAll(/\S+/g) : []) {
    const runs = [...token[0].matchAll(RUN)].map((run) => [token.index + run.index, token.index + run.index + run[0].length, fold(run[0])]);
    if (runs.length > 1 && words.has(runs.map(([, , word]) => word).join(""))) yield [runs[0][0], runs.at(-1)[1]];
    else for (const [start, end, word] of runs) if (words.has(word)) yield [start, end];
  }
}

// The text of the page without the archive's additions to it, and which node each part comes from.
function read(root) {
  const nodes = [], starts = [];
  let text = "";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
    node.nodeType === Node.TEXT_NODE ? NodeFilter.FILTER_ACCEPT
      : node.matches("[data-apparatus], script, style, template, svg, form, button, [hidden]") ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_SKIP);
  let block = null;
  while (walker.nextNode()) {
    const node = walker.currentNode, its = node.parentElement.closest("p, li, td, th, h1, h2, h3, h4, div, blockquote, dd, dt");
    // No word goes on from one block to the next.
    if (its !== block) text += "\n";
    block = its;
    nodes.push(node);
    starts.push(text.length);
    text += node.data;
  }
  return { text, nodes, starts };
}

function rangeOf({ nodes, starts }, start, end) {
  const holding = (place) => {
    let low = 0, high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= place) low = middle; else high = middle;
    }
    return [nodes[low], place - starts[low]];
  };
  const range = document.createRange(), [last, at] = holding(end - 1);
  range.setStart(...holding(start));
  range.setEnd(last, at + 1);
  return range;
}

function offerRemoval(text, remove) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "unmark";
  button.textContent = text;
  document.getElementById("main").append(button);
  const end = () => {
    remove();
    button.remove();
    document.removeEventListener("keydown", onKey);
  };
  const onKey = (event) => { if (event.key === "Escape" && !event.defaultPrevented) end(); };
  button.addEventListener("click", end);
  document.addEventListener("keydown", onKey);
}

const loaded = () => new Promise((resolve) => {
  if (document.readyState === "complete") resolve();
  else addEventListener("load", () => resolve(), { once: true });
});

export async function markHits(unmark) {
  if (!globalThis.Highlight) return;
  const address = new URL(location.href), q = address.searchParams.get("q") ?? history.state.hits;
  const page = read(document.getElementById("text") ?? document.getElementById("main")), query = parse(q);
  const places = [...placesIn(page.text, query)].sort((a, b) => a[0] - b[0]);
  const ranges = places.map(([start, end]) => rangeOf(page, start, end));
  if (ranges.length) {
    CSS.highlights.set("hits", new Highlight(...ranges));
    offerRemoval(unmark, () => {
      CSS.highlights.delete("hits");
      history.replaceState(null, "");
    });
  }
  await loaded();
  // The words stay with this visit, and the address is again the permanent one, as it may be cited.
  address.searchParams.delete("q");
  address.hash = location.hash;
  history.replaceState({ hits: q }, "", address);
  await new Promise(requestAnimationFrame);
  // Neither a fragment nor the browser's memory has led to another place.
  const first = ranges.find((range) => range.getClientRects().length);
  if (first && !location.hash && !scrollY && first.getBoundingClientRect().bottom > innerHeight) {
    scrollTo({ top: first.getBoundingClientRect().top - innerHeight / 3, behavior: "instant" });
  }
}
