// The search page, on Pagefind's JavaScript API.
//
// All that comes from the archive is untrusted text and is inserted as text: Pagefind's own
// excerpts, which are HTML, are not used. Pagefind finds words; what is known of every record before
// it is read, and what is shown of it, is written by sourcebook/search/listing.py and bundle.py.
(() => {
"use strict";

const byId = (id) => document.getElementById(id);
const box = byId("search"), results = byId("search-results"), facets = byId("search-facets");
const status = byId("search-status"), form = byId("search-form"), input = form.elements.q;
const say = JSON.parse(byId("search-words").textContent);
const language = document.documentElement.lang || "en";
const wide = matchMedia("(min-width: 60rem)");

const KINDS = { q: "question", c: "claim", d: "document", t: "topic", a: "actor", o: "outlet" };
const FACETS = ["outlet", "actor", "topic", "year", "lang"];
const FILTERS = ["kind", ...FACETS];
const IN_GROUP = 4, IN_PAGE = 20, EXAMINED = 400, NEAR = 40, FREQUENT = 20;

const number = (n) => n.toLocaleString("en").replaceAll(",", say.thousands), plural = new Intl.PluralRules(language);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const counted = (key, n) => fill(say[key][plural.select(n)] || say[key].other, { n: number(n) });
const unique = (list) => [...new Set(list)];

// ---------------------------------------------------------------------------------------- words

const QUOTED = /["“”„«»]([^"“”„«»]+)["“”„«»]/g;
const RUN = /[\p{L}\p{N}\p{M}\u200c\u200d]+/gu;
const ELISION = /(^|\s)(?:[cdjlmnst]|qu)['’](?=\p{L}{2})/giu;
// Scripts without spaces are indexed in pairs of characters, as nothing shows where a word ends.
const UNSPACED =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
const ALIKE = { "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-" };

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const runsOf = (text) => (text.match(RUN) || []).map(fold);
const isLetter = (c) => c !== undefined && /[\p{L}\p{N}\p{M}]/u.test(c);
const isUnspaced = (c) => c !== undefined && c.search(UNSPACED) === 0;

// Verbatim but for case and for the shape of quotation marks and dashes. As long as *text*.
const plain = (text) => text.replace(/./gsu, (c) => {
  const lower = c.toLowerCase();
  return ALIKE[c] || (lower.length === c.length ? lower : c);
});

function parse(q) {
  q = q.normalize("NFKC");
  const phrases = [...q.matchAll(QUOTED)].map(([, p]) => p.trim().replace(/\s+/g, " ")).filter(Boolean);
  const unspaced = q.match(UNSPACED) || [];
  const spaced = q.replace(QUOTED, " $1 ").replace(ELISION, "$1").replace(UNSPACED, (run) => {
    const chars = [...run];
    return ` ${chars.length > 1 ? chars.slice(1).map((c, i) => chars[i] + c).join(" ") : run} `;
  });
  const words = spaced.split(/\s+/).flatMap((word) => {
    const parts = word.match(/(?:[\p{L}\p{N}\p{M}\u200c\u200d'’._]|(?<=\p{N}),(?=\p{N}))+/gu) || [];
    return parts.every((part) => part.length > 1) ? parts : [word];
  });
  const terms = unique(words.map((word) => runsOf(word).join("")).filter(Boolean));
  return { text: words.join(" "), terms, phrases, unspaced };
}

const shared = (a, b) => {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
};
// Another form of the same word, as far as that can be told without a stemmer.
const isForm = (word, term) =>
  word.startsWith(term) || shared(word, term) >= Math.max(3, 0.6 * Math.max(word.length, term.length));

function findPhrase(text, phrase) {
  const found = [], hay = plain(text), needle = plain(phrase);
  const isEdge = (at) =>
    !(isLetter(hay[at - 1]) && isLetter(hay[at])) || isUnspaced(hay[at]) || isUnspaced(hay[at - 1]);
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1)) {
    if (isEdge(at) && isEdge(at + needle.length)) found.push([at, at + needle.length]);
  }
  return found;
}

// ---------------------------------------------------------------------------------------- index

// What could not be made is made anew when it is asked for again.
const once = (make) => {
  let made;
  const get = () => (made ||= make().catch((error) => { made = null; throw error; }));
  get.forget = () => { const was = made; made = null; return was; };
  return get;
};
const base = new URL(box.dataset.index, location.href);
// The word itself goes far before longer words that begin with it ("UN", "until").
const RANKING = { ranking: { termSimilarity: 5 } };

async function read(path, cache = "default") {
  const reply = await fetch(new URL(path, base), { cache });
  if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
  const bytes = new Uint8Array(await reply.arrayBuffer()), content = new Response(bytes);
  // A server may have unpacked it on its way.
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isPacked ? new Response(content.body.pipeThrough(new DecompressionStream("gzip"))) : content).json();
}
// Numbers, among which -n says that the one before it comes n times more.
function expand(runs) {
  const all = [];
  let last = 0;
  for (const n of runs) {
    if (n >= 0) all.push(last = n);
    else for (let i = n; i < 0; i++) all.push(last);
  }
  return all;
}

// The shards of each index: of every record its file, its day, and its values of each filter, as "id label".
const listing = once(async () => {
  const { indexes, values } = await read("records.pf_listing", "no-cache");
  return indexes.map(({ shards }) => shards.map(({ folder, number, files, counts, days, filters }) => ({
    folder, number, files, file: expand(counts).flatMap((n, at) => Array(n).fill(at)), days: expand(days),
    columns: Object.fromEntries(FACETS.map((name) => {
      const { sets, values: own, of } = filters[name];
      return [name, { of: expand(of), sets: sets.map((set) => set.map((n) => values[name][own[n]])) }];
    })),
  })));
});
// One index a language, each with its own stemmer; a module of Pagefind holds one stemmer, and reads
// all shards of its language.
const indexes = once(async () => Promise.all((await listing()).map(async (shards) => {
  const [first, ...others] = shards.map(({ folder }) => new URL(`${folder}/`, base));
  const pagefind = await import(new URL("pagefind.js", first));
  await pagefind.options(RANKING);
  await Promise.all(others.map((folder) => pagefind.mergeIndex(folder.pathname, RANKING)));
  return { pagefind, shards: new Map(shards.map((shard) => [shard.number, shard])), holding: new Map() };
})));

// A part of the index that could not be fetched is not fetched again, so Pagefind begins anew.
async function beginAnew() {
  asked = {};
  for (const { pagefind } of await indexes.forget() || []) await pagefind.destroy();
}

const hitOf = (shard, number, { score = 0, words = [], matchedMetaFields } = {}) => ({ shard, number,
  kind: KINDS[shard.files[shard.file[number]][0]], day: shard.days[number], score, inTitle: !!matchedMetaFields,
  at: unique(words).sort((a, b) => a - b) });
async function hitsOf({ pagefind, shards }, text) {
  const { results } = await pagefind.search(text);
  return results.map((result) => {
    const [shard, number] = result.id.split(".").map(Number);
    return hitOf(shards.get(shard), number, result);
  });
}
const records = new Map();
async function recordOf({ shard, number }) {
  const file = shard.file[number], path = `${shard.folder}/records/${shard.files[file]}.pf_records`;
  if (!records.has(path)) records.set(path, once(() => read(path)));
  return (await records.get(path)())[number - shard.file.indexOf(file)];
}

const valuesOf = ({ kind, shard, number }, name) =>
  name === "kind" ? [kind] : shard.columns[name].sets[shard.columns[name].of[number]];
const idOf = (value) => value.split(" ", 1)[0];
const under = (hits, filters) => Object.entries(filters).reduce((left, [name, id]) =>
  left.filter((hit) => valuesOf(hit, name).some((value) => idOf(value) === id)), hits);
function count(hits, name) {
  const counts = {};
  for (const hit of hits) for (const value of valuesOf(hit, name)) counts[value] = (counts[value] || 0) + 1;
  return counts;
}
function labelOf(facet, value) {
  const id = idOf(value);
  if (facet === "lang") try { return new Intl.DisplayNames([language], { type: "language" }).of(id); } catch { return id; }
  if (id === "unknown") return facet === "actor" ? say.notNamed : say.notKnown;
  return value.slice(id.length + 1) || id;
}

// The shards that have *word*, in its stem or at the start of longer ones. One that does not have it
// answers with a shorter word or with the other words alone, as a whole index does for what nothing has.
async function holdersOf(index, word) {
  const holding = new Set((await hitsOf(index, `"${word}"`)).map((hit) => hit.shard)), others = new Map();
  if (holding.size < index.shards.size) {
    for (const hit of await hitsOf(index, word)) if (!holding.has(hit.shard) && !others.has(hit.shard)) others.set(hit.shard, hit);
  }
  const query = parse(word);
  await Promise.all([...others].map(async ([shard, hit]) => {
    const { forms } = await unfold(hit, query);
    if (query.terms.some((term) => [...forms].some((form) => isForm(form, term) && !term.startsWith(form)))) holding.add(shard);
  }));
  return holding;
}
async function ofHolders(hits, index, words) {
  const counts = new Map([...index.shards.values()].map((shard) => [shard, 0]));
  for (const { shard } of hits) counts.set(shard, counts.get(shard) + 1);
  // Records are spread by chance: what is this frequent in every shard is missing in none, or in all.
  if (Math.min(...counts.values()) >= FREQUENT) return hits;
  for (const word of words) {
    if (!index.holding.has(word)) index.holding.set(word, holdersOf(index, word));
    const holding = await index.holding.get(word);
    if (holding.size) hits = hits.filter((hit) => holding.has(hit.shard));
  }
  return hits;
}
// All that *query* finds, the best first; everything where it has no words. Filters ask for the same again.
let asked = {};
const ask = (query) => (asked.text === query.text ? asked : (asked = { text: query.text, hits: answer(query) })).hits;
async function answer(query) {
  if (!query.terms.length) return (await listing()).flat().flatMap((shard) => shard.file.map((_, number) => hitOf(shard, number)));
  const answers = await Promise.all((await indexes()).map(async (index) => {
    const hits = await hitsOf(index, query.text);
    return index.shards.size > 1 ? ofHolders(hits, index, query.text.trim().split(" ")) : hits;
  }));
  return answers.flat().sort((a, b) => b.score - a.score);
}

// The parts of *word* that the terms mean: a part that is a term, the whole ("S-300" for "s300"), or
// the parts that begin like a term.
function formsIn(word, terms) {
  const runs = runsOf(word), whole = runs.join(""), exact = runs.filter((run) => terms.includes(run));
  if (exact.length || !whole) return exact;
  if (terms.some((term) => isForm(whole, term))) return [whole];
  const near = runs.filter((run) => terms.some((term) => run.startsWith(term) || shared(run, term) > 2));
  return near.length ? near : [whole];
}
// A hit with its fragment: which words of the text it found (*forms*, and *at* which places),
// and which words of the query it does not have in any form (*missing*).
async function unfold(hit, query) {
  const { content = "", behind: more = "", title = "", ...data } = await recordOf(hit), { terms } = query;
  const words = content ? content.split(" ") : [], behind = more.split(" "), names = [title, ...(data.names || [])];
  const named = runsOf(names.join(" ")).filter((run) => terms.some((term) => isForm(run, term)));
  const found = hit.at.flatMap((place) =>
    formsIn((place < words.length ? words[place] : behind[place - words.length]) || "", terms));
  const all = new Set([...named, ...found]);
  // Where a word itself is there, longer words that begin with it ("de", "decide") are not meant.
  const forms = new Set([...all].filter((form) =>
    !terms.some((term) => all.has(term) && form.startsWith(term) && form.length > term.length + (term.length > 3 ? 3 : 1))));
  const text = terms.length ? fold([content, more, ...names].join(" ")) : "";
  const joined = ` ${text.replace(/[^\p{L}\p{N}\s]/gu, "")}`;
  const missing = terms.filter((term) => ![...forms].some((form) => isForm(form, term)) && !joined.includes(` ${term}`));
  return { ...data, kind: hit.kind, hit, content, title, names, words, forms, missing, at: hit.at.filter((l) => l < words.length) };
}
const unfoldAll = (hits, query) => Promise.all(hits.map((hit) => unfold(hit, query)));

// Whether the words of *phrase* stand beside each other: saves fetching what cannot hold it.
function mayHold(hit, phrase) {
  const tokens = phrase.split(" "), needed = tokens.filter((token) => [...token].some(isLetter)).length;
  const step = needed < tokens.length ? 2 : 1;
  let row = 0;
  return needed < 2 || hit.inTitle || hit.at.some((place, i) => {
    row = i && place - hit.at[i - 1] <= step ? row + 1 : 1;
    return row >= needed;
  });
}
const holds = (one, phrase) =>
  [one.content, ...one.names, ...(one.summary || [])].some((text) => findPhrase(text, phrase).length);

// What is found under the filters chosen, and without any (*total*); what the kinds and the other
// values of each filter would find; and how many results are left to be examined (verbatim only).
async function find(query, limit) {
  const candidates = await ask(query), all = query.phrases.length ? await verbatim(candidates, query, limit) : { hits: candidates, left: 0 };
  const counts = Object.fromEntries(FILTERS.map((name) => [name, count(under(all.hits, chosen(name)), name)]));
  const isIdle = !query.terms.length && !query.phrases.length && !Object.keys(chosen()).length;
  return { hits: isIdle ? [] : under(all.hits, chosen()), total: all.hits.length, left: all.left, counts, isIdle };
}
// Pagefind's phrases match stems, so every result is read.
async function verbatim(hits, query, limit) {
  const candidates = hits.filter((hit) => query.phrases.every((phrase) => mayHold(hit, phrase))), found = [];
  for (let i = 0; i < Math.min(limit, candidates.length); i += 50) {
    const some = await unfoldAll(candidates.slice(i, Math.min(i + 50, limit)), query);
    found.push(...some.filter((one) => query.phrases.every((phrase) => holds(one, phrase))));
  }
  return { hits: found.map((one) => one.hit), left: Math.max(0, candidates.length - limit) };
}

// ---------------------------------------------------------------------------------- one result

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) if (value) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const isMeant = (form, one, query) =>
  one.forms.has(form) && (!query.phrases.length || query.loose.some((term) => isForm(form, term)));

// Where *text* has what was found. Marks with only a space between them are one.
function rangesIn(text, one, query) {
  const found = [...query.phrases, ...query.unspaced].flatMap((phrase) => findPhrase(text, phrase));
  const isMarked = (form) => isMeant(form, one, query);
  for (const word of text.matchAll(/\S+/g)) {
    const runs = [...word[0].matchAll(RUN)].map((run) => [run.index, run.index + run[0].length, fold(run[0])]);
    const marked = runs.length > 1 && isMarked(runs.map(([, , form]) => form).join(""))
      ? [[runs[0][0], runs[runs.length - 1][1]]] : runs.filter(([, , form]) => isMarked(form));
    found.push(...marked.map(([start, end]) => [word.index + start, word.index + end]));
  }
  return found.sort((a, b) => a[0] - b[0]).reduce((ranges, [start, end]) => {
    const last = ranges[ranges.length - 1];
    if (last && !text.slice(last[1], start).trim()) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
    return ranges;
  }, []);
}
function mark(element, text, one, query) {
  let at = 0;
  for (const [start, end] of rangesIn(text, one, query)) {
    element.append(text.slice(at, start), make("mark", {}, text.slice(start, end)));
    at = end;
  }
  element.append(text.slice(at));
  return element;
}

// The words around the densest hits, from the start of their sentence where that is near.
function excerpt(one, query) {
  const { words, content } = one, [phrase] = query.phrases.length ? findPhrase(content, query.phrases[0]) : [];
  const at = phrase ? [content.slice(0, phrase[0]).split(" ").length - 1] : one.at;
  const density = (place) => unique(at.filter((l) => l >= place && l < place + 25).map((l) => fold(words[l]))).length;
  const best = at.reduce((best, place) => (density(place) > density(best) ? place : best), at[0] || 0);
  let start = Math.max(0, best - 12);
  for (let i = best; i > start; i--) if (/[.!?…。؟۔]["'”’»)]*$/.test(words[i - 1])) start = i;
  const end = Math.min(words.length, Math.max(best + 18, start + 32));
  const text = (start ? "… " : "") + words.slice(start, end).join(" ") + (end < words.length ? " …" : "");
  return { best, text, more: one.at.filter((l) => l < start || l >= end).length };
}

// What the page that is opened shall mark: the phrases, and the words in the forms found.
const wordsOf = (one, query) => [...query.phrases.map((phrase) => `"${phrase}"`), ...query.unspaced,
  ...[...one.forms].filter((form) => isMeant(form, one, query)).slice(0, 20)].join(" ");

// A document opens at the nearest anchor before the words found. Far from one, no numbers and signs
// stand between the words, and a browser that can looks for the words themselves.
function addressOf(one, query, best) {
  const target = new URL(one.url, new URL(box.dataset.root, location.href)), hits = wordsOf(one, query);
  // Read, and taken out of the address again, by hits.js.
  if (hits) target.search = `?q=${encodeURIComponent(hits)}`;
  const url = target.href;
  if (one.kind !== "document" || !one.at.length) return url;
  const [first, anchor] = (one.places || []).filter(([place]) => place <= best).pop() || [-NEAR, ""];
  const words = encodeURIComponent(one.words.slice(best, best + 4).join(" ")).replace(/-/g, "%2D");
  return `${url}#${encodeURIComponent(anchor)}${best - first < NEAR ? "" : `:~:text=${words}`}`;
}

const unknown = (text) => make("i", { class: "unknown" }, text);
function show(one, query) {
  const { kind, content } = one, isClaim = kind === "claim", isDocument = kind === "document";
  const article = make("article"), its = { lang: one.lang, dir: "auto" };
  const line = (...parts) => article.append(make("p", { class: "soft" }, ...parts));
  const facts = [];
  if (isClaim) {
    const quote = mark(make("a", { href: addressOf(one, query) }), content, one, query);
    article.append(make("p", { class: `q ${one.form || "plain"}`, ...its }, quote));
    facts.push(one.speaker ? mark(make("b"), one.speaker, one, query) : unknown(say.noSpeaker));
  } else {
    const { best, text, more } = excerpt(one, query);
    const title = mark(make("a", { href: addressOf(one, query, best) }), one.title, one, query);
    article.append(make("h3", isDocument ? its : { dir: "auto" }, title));
    if (text && (isDocument || one.at.length)) article.append(mark(make("p", { class: "sentence", ...its }), text, one, query));
    const aliases = (one.names || []).filter((name) => rangesIn(name, one, query).length).slice(0, 3);
    if (aliases.length && !rangesIn(one.title, one, query).length) {
      line(`${say.alias} `, ...aliases.flatMap((name, i) => [i ? say.comma : "", mark(make("bdi"), name, one, query)]));
    }
    if (isDocument && more) facts.push(counted("morePlaces", more));
  }
  // What a claim says in the annotator's words is told where the quotation has not all the words.
  const isTold = isClaim && query.terms.every((term) => runsOf(content).some((run) => isForm(run, term)));
  for (const text of isTold ? [] : one.summary || []) article.append(mark(make("p", { class: "soft", dir: "auto" }), text, one, query));
  if (isClaim || isDocument) {
    const outlets = valuesOf(one.hit, "outlet").filter((value) => idOf(value) !== "unknown").map((value) => labelOf("outlet", value));
    facts.splice(isClaim ? 1 : 0, 0, outlets.join(say.comma) || unknown(say.noOutlet), one.date || unknown(say.noDate));
    if (one.form) facts.push(say.forms[one.form]);
    line(...facts.flatMap((fact, i) => [i ? " · " : "", make("bdi", { dir: document.dir }, fact)]));
  }
  if (one.missing.length) article.append(make("p", { class: "similar" }, fill(say.similar, { words: one.missing.join(say.comma) })));
  return article;
}

// ------------------------------------------------------------------------------------ the page

const readState = () => {
  const given = new URLSearchParams(location.search);
  return Object.fromEntries(["q", ...FILTERS, "sort"].map((name) => [name, (given.get(name) || "").trim()]));
};
let state = readState();
const hrefOf = (changes) =>
  `?${new URLSearchParams(Object.entries({ ...state, ...changes }).filter(([, value]) => value))}`;
const link = (changes, attributes, ...children) => make("a", { href: hrefOf(changes), ...attributes }, ...children);
const chosen = (without) =>
  Object.fromEntries(FILTERS.filter((name) => state[name] && name !== without).map((name) => [name, state[name]]));
const unfiltered = Object.fromEntries(FILTERS.map((name) => [name, ""]));

function inOrder(hits) {
  const sign = { newest: -1, oldest: 1 }[state.sort];
  if (!sign) return hits;
  // No day is last in both directions.
  const isUndated = (hit) => hit.day === 0;
  return [...hits].sort((a, b) => isUndated(a) - isUndated(b) || sign * (a.day - b.day));
}

function showFacets(found) {
  const list = (items) => make("ul", {}, ...items.map((item) => make("li", {}, item)));
  const item = (changes, label, n, isOn) => link(changes, { "aria-current": isOn && "true" },
    make("span", { dir: "auto" }, label), " ", make("span", { class: "num" }, number(n)));
  const ofKinds = found.counts.kind, total = Object.values(ofKinds).reduce((sum, n) => sum + n, 0);
  const kinds = Object.values(KINDS).filter((kind) => ofKinds[kind] || state.kind === kind)
    .map((kind) => item({ kind }, say.kinds[kind], ofKinds[kind] || 0, state.kind === kind));
  const before = facets.querySelector("details"), others = make("details", {}, make("summary", {}, say.filters));
  others.open = before ? before.open : wide.matches;
  for (const facet of FACETS) {
    const isOn = (value) => idOf(value) === state[facet];
    const values = Object.entries(found.counts[facet]).filter(([value, n]) => n || isOn(value));
    if (state[facet] && !values.some(([value]) => isOn(value))) values.push([state[facet], 0]);
    if (values.length < 2 && !state[facet]) continue;
    values.sort(([a, n], [b, k]) => isOn(b) - isOn(a)
      || (facet === "year" ? (a === "unknown") - (b === "unknown") || b - a : k - n || (a < b ? -1 : 1)));
    const items = values.map(([value, n]) => item({ [facet]: isOn(value) ? "" : idOf(value) }, labelOf(facet, value), n, isOn(value)));
    const rest = items.splice(items.length > 9 ? 8 : 9);
    others.append(make("h2", { class: "label" }, say.facets[facet]), list(items));
    if (rest.length) others.append(make("details", {}, make("summary", {}, counted("others", rest.length)), list(rest)));
  }
  facets.replaceChildren(make("h2", { class: "label" }, say.kind), list([item({ kind: "" }, say.all, total, !state.kind), ...kinds]), others);
}

function showMore(hits, from, take) {
  const left = hits.length - from;
  if (left <= 0) return [];
  const button = make("button", { type: "button", class: "further" },
    fill(say.showMore, { n: number(Math.min(IN_PAGE, left)), left: number(left) }));
  button.onclick = async () => {
    button.nextElementSibling?.remove();
    try {
      const articles = await take(hits.slice(from, from + IN_PAGE));
      button.replaceWith(...articles, ...showMore(hits, from + IN_PAGE, take));
      articles[0].querySelector("a").focus();
    } catch (error) {
      console.warn(error);
      button.after(make("p", { class: "similar", role: "alert" }, say.noIndex));
    }
  };
  return [button];
}
async function wayOn(query) {
  const list = make("ul", { class: "ways" }), add = (changes, text) => list.append(make("li", {}, link(changes, {}, text)));
  if (Object.keys(chosen()).length) add(unfiltered, say.noFilters);
  if (query.phrases.length) add({ q: state.q.replace(/["“”„«»]/g, " ").trim() }, say.noQuotes);
  const words = query.terms.length > 1 ? unique(query.text.trim().split(" ")).slice(0, 5) : [];
  for (const word of words) {
    const n = (await ask(parse(word))).length;
    if (n) add({ ...unfiltered, q: word }, fill(say.oneWord, { word, results: counted("results", n) }));
  }
  return make("section", { class: "sec" }, make("h2", {}, say.nothing), make("p", { class: "soft" }, say.hint), list);
}
// The results by kind: the first of each, or a page where there is one kind.
async function sectionsOf(hits, take) {
  const groups = Object.values(KINDS).map((kind) => [kind, hits.filter((hit) => hit.kind === kind)]).filter(([, group]) => group.length);
  return Promise.all(groups.map(async ([kind, group]) => {
    const shown = groups.length > 1 ? IN_GROUP : IN_PAGE, n = number(group.length), name = say.kinds[kind];
    const section = make("section", { class: "sec" }, make("h2", {}, `${name} `, make("span", { class: "num" }, n)),
      ...await take(group.slice(0, shown)));
    if (groups.length === 1) section.append(...showMore(group, shown, take));
    else if (group.length > shown) section.append(make("p", {}, link({ kind }, { class: "go" }, fill(say.allOfKind, { n, kind: name.toLowerCase() }))));
    return section;
  }));
}
function showStatus(query, n, total, unfound) {
  const text = state.q && ` ${fill(query.phrases.length ? say.forPhrase : say.forWords, { q: state.q })}`;
  const words = unfound.map((word) => fill(say.quoted, { words: word })).join(say.comma);
  const results = counted("results", n);
  status.replaceChildren(make("b", { class: "num" }, Object.keys(chosen()).length ? fill(say.ofTotal, { results, total: number(total) }) : results), text, words && ` ${fill(say.notFound, { words })}`);
}

// Who hears the page is told what was found when nothing has been typed for a second.
let telling;
function tell() {
  clearTimeout(telling);
  telling = setTimeout(() => { byId("search-said").textContent = status.textContent; }, 1000);
}

let latest = 0;
async function search(limit = EXAMINED) {
  const mine = ++latest, query = { ...parse(state.q), loose: parse(state.q.replace(QUOTED, " ")).terms };
  box.setAttribute("aria-busy", "true");
  try {
    const found = await find(query, limit), hits = inOrder(found.hits);
    let shown = 0;
    const misses = {};
    const take = async (part) => (await unfoldAll(part, query)).map((one) => {
      shown++;
      for (const term of one.missing) misses[term] = (misses[term] || 0) + 1;
      return show(one, query);
    });
    const nodes = await sectionsOf(hits, take);
    if (found.left) {
      const button = make("button", { type: "button", class: "further" }, counted("further", found.left));
      button.onclick = () => search(limit + EXAMINED);
      nodes.push(button);
    }
    const unfound = query.terms.filter((term) => shown && misses[term] === shown);
    if (!hits.length && !found.isIdle) nodes.push(await wayOn(query));
    if (mine !== latest) return;
    results.replaceChildren(...nodes);
    showFacets(found);
    if (found.isIdle) status.textContent = say.idle;
    else showStatus(query, hits.length, found.total, unfound);
    for (const a of byId("search-sort").querySelectorAll("a")) {
      a.href = hrefOf({ sort: a.dataset.sort });
      if (a.dataset.sort === state.sort) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
    }
    byId("search-sort").hidden = !hits.length;
    results.after(byId("search-lists"));
    box.hidden = false;
  } catch (error) {
    if (mine !== latest) return;
    console.warn(error);
    // No results of another search stand under this one.
    results.replaceChildren();
    facets.replaceChildren();
    byId("search-sort").hidden = true;
    status.textContent = say.noIndex;
    beginAnew();
  } finally {
    tell();
    if (mine === latest) box.removeAttribute("aria-busy");
  }
}

if (location.protocol === "file:") {
  status.textContent = say.noServer;
  tell();
  return;
}
const follow = (href, isTyped) => {
  history[isTyped ? "replaceState" : "pushState"](null, "", href === "?" ? location.pathname : href);
  state = readState();
  return search();
};
let typing;
input.value = state.q;
input.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => follow(hrefOf({ q: input.value.trim() }), true), 180);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  follow(hrefOf({ q: input.value.trim() }));
});
addEventListener("popstate", () => {
  state = readState();
  input.value = state.q;
  search();
});
wide.addEventListener("change", () => {
  const others = facets.querySelector("details");
  if (others) others.open = wide.matches;
});
box.addEventListener("click", async (event) => {
  const a = event.target.closest("a[href^='?']");
  if (!a || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const label = facets.contains(a) && a.firstChild.textContent;
  await follow(a.getAttribute("href"));
  input.value = state.q;
  // The link is gone with the old list: the focus goes to its successor.
  ([...facets.querySelectorAll("a")].find((other) => other.firstChild.textContent === label) || status).focus();
});
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...results.querySelectorAll("article a")], at = links.indexOf(event.target);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    event.preventDefault();
    input.focus();
    input.select();
  } else if (event.key === "Escape" && at >= 0) {
    input.focus();
  } else if (step && (at >= 0 || (event.target === input && step > 0))) {
    event.preventDefault();
    (links[Math.min(at + step, links.length - 1)] || input).focus();
  }
});
search();
})();
