// Suggests names while somebody types in a search field: a combobox with a list of pages.
//
// The names come from search/names.json, which sourcebook/search/names.py writes.

const MOST = 8;
const site = new URL("../", import.meta.url);
const language = document.documentElement.lang || "en";
const plural = new Intl.PluralRules(language);

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
const isUnspaced = (word) => /^[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/u.test(word);
// The Arabic article stands before its word without a space.
const begins = (word, start) =>
  word.startsWith(start) || word.startsWith(`ال${start}`) || (isUnspaced(start) && word.includes(start));

let reading;
const readNames = () => (reading ||= fetch(new URL("search/names.json", site)).then(async (reply) => {
  if (!reply.ok) throw new Error(`names.json: ${reply.status}`);
  const { words, names } = await reply.json();
  return { words, rows: names.map(([kind, address, claims, ...called]) =>
    ({ kind, address, claims, called: called.map((text) => ({ text, words: wordsOf(text) })) })) };
}));

// Names that have a word for every word typed, those that begin with it first; the rows are sorted by claims.
function matching(rows, typed) {
  const starts = wordsOf(typed);
  if (!starts.length) return [];
  const hits = rows.flatMap((row) => {
    const name = row.called.find(({ words }) => starts.every((start) => words.some((word) => begins(word, start))));
    return name ? [{ ...row, name, isFirst: begins(name.words[0], starts[0]) }] : [];
  });
  return hits.sort((a, b) => b.isFirst - a.isFirst).slice(0, MOST);
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function optionOf(hit, id, words) {
  const [shown] = hit.called, name = make("bdi", {}, shown.text);
  const counted = words.claims[plural.select(hit.claims)] || words.claims.other;
  const n = hit.claims.toLocaleString("en").replaceAll(",", words.thousands);
  const about = `${words.kinds[hit.kind]} · ${counted.replace("{n}", n)}`;
  const parts = [name, ...(hit.name === shown ? [] : [" ", make("bdi", { class: "soft" }, hit.name.text)])];
  return make("a", { role: "option", id, href: new URL(hit.address, site).href, tabindex: -1, "aria-selected": "false" },
    make("span", {}, ...parts), make("span", { class: "soft" }, about));
}

export async function suggest(input) {
  if (input.getAttribute("role")) return;
  const before = input.value;
  input.setAttribute("role", "combobox");
  const { words, rows } = await readNames().catch((error) => {
    input.removeAttribute("role");
    throw error;
  });
  const id = `names-${document.querySelectorAll(".offers").length}`;
  const list = make("div", { role: "listbox", id, class: "offers", "aria-label": words.label });
  list.hidden = true;
  input.form.append(list);
  for (const [name, value] of Object.entries({ "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id })) {
    input.setAttribute(name, value);
  }
  input.autocomplete = "off";

  let at = -1;
  const choose = (place) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = place;
    const option = list.children[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const open = (hits) => {
    choose(-1);
    list.replaceChildren(...hits.map((hit, place) => optionOf(hit, `${id}-${place}`, words)));
    list.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(hits.length > 0));
  };
  input.addEventListener("input", () => open(matching(rows, input.value)));
  input.addEventListener("blur", () => open([]));
  input.form.addEventListener("submit", () => open([]));
  // The field keeps the focus, so that the list is still there when the button is let go.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const size = list.children.length;
    if (event.key === "ArrowDown") choose(at + 1 < size ? at + 1 : -1);
    else if (event.key === "ArrowUp") choose(at < 0 ? size - 1 : at - 1);
    else if (event.key === "Escape") open([]);
    else if (event.key === "Enter" && at >= 0) list.children[at].click();
    else return;
    event.preventDefault();
    // The search page's own keys begin where the list ends.
    event.stopPropagation();
  });
  // What was typed while the names were on their way.
  if (document.activeElement === input && input.value !== before) open(matching(rows, input.value));
}
