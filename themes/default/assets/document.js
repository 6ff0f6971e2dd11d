// Makes the reading of a document easier: shows which card belongs to which words, walks from claim to
// claim, makes citations, keeps the width of the text. The page has all of its contents without it.
(() => {
  "use strict";

  const piecesOf = (card) => [...document.querySelectorAll(`mark[data-of="${card.id}"]`)];
  const cardOf = (link) => (/^#[cn]\d+$/.test(link?.hash) ? document.getElementById(link.hash.slice(1)) : null);

  const addressed = () => document.querySelector(":target");

  // What is pointed at is lit, or else what the address names: all pieces of a claim, of which the sheet knows the first.
  function connect(text) {
    let lit = [];
    const light = (event) => {
      lit.forEach((element) => element.classList.remove("hot"));
      const [from] = [event.target, addressed()].map((one) => one?.closest?.("mark[data-of], .card")).filter(Boolean);
      const card = document.getElementById(from?.dataset.of ?? from?.id);
      lit = card ? [...piecesOf(card), card] : [];
      lit.forEach((one) => one.classList.add("hot"));
    };
    addEventListener("load", light);
    addEventListener("hashchange", light);
    text.addEventListener("pointerover", light);
    text.addEventListener("focusin", light);
    text.addEventListener("click", (event) => {
      const card = cardOf(event.target.closest?.(".ref, .sign"));
      if (card) card.querySelector("details").open = true;
    });
  }

  // Most marks of the rail are thinner than a finger: beside one, the nearest is meant.
  function aim({ target, clientX, clientY }) {
    if (target.closest("a")) return;
    for (let by = 4; by < 24; by += 4) {
      const near = [[by, 0], [-by, 0], [0, by], [0, -by]]
        .map(([x, y]) => document.elementFromPoint(clientX + x, clientY + y))
        .find((one) => one?.matches(".t"));
      if (near) return near.click();
    }
  }

  let opened = null;
  function open(mark) {
    const details = document.getElementById(mark.dataset.of)?.querySelector("details");
    // Whoever walks through the text leaves it as it was, and does not pile up open cards.
    if (opened && opened !== details) opened.open = false;
    opened = details && !details.open ? details : null;
    if (details) details.open = true;
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
  }

  // What a card says, for a list; it may be written the other way than what stands before it.
  function saysOf(card) {
    const says = card?.querySelector(".says"), own = document.createElement("bdi");
    own.append(...(says?.cloneNode(true).childNodes ?? []));
    return says ? [" ", own] : [];
  }

  // A number leads to its words, at their permanent address; without a script, to their card. What a
  // filter leaves is known of marks and cards: the rail has it from these, and the page says it once less.
  function completeLists() {
    document.querySelectorAll(".t, #claims td a").forEach((link) => {
      const card = cardOf(link);
      if (!card) return;
      link.href = card.querySelector(".k").hash;
      link.dataset.by = card.dataset.by;
      if (link.closest("tr")) link.closest("tr").lastElementChild.append(...saysOf(card));
    });
    document.querySelectorAll("#notes [data-of]").forEach((item) => {
      item.append(...saysOf(document.getElementById(item.dataset.of)));
    });
    document.documentElement.classList.add("listed");
  }

  function walk(text) {
    const marks = [...text.querySelectorAll("mark[id^=claim-]")];
    const help = document.querySelector(".keys");
    if (!help || !marks.length) return;
    const wanted = help.querySelector("input");
    help.hidden = false;
    try {
      wanted.checked = localStorage.getItem("keys") !== "off";
      wanted.addEventListener("change", () => localStorage.setItem("keys", wanted.checked ? "on" : "off"));
    } catch { /* not remembered, where a browser lets nothing be kept */ }
    document.addEventListener("keydown", (event) => {
      const step = { n: 1, j: 1, p: -1, k: -1 }[event.key];
      if (!step || !wanted.checked || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]")) return;
      // What the filters leave, in text order.
      const left = marks.filter((mark) => !getComputedStyle(mark).getPropertyValue("--fade"));
      const here = addressed();
      const isAfter = (mark) => !here || here.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
      const next = step > 0
        ? left.find((mark) => mark !== here && isAfter(mark))
        : left.findLast((mark) => mark !== here && (!here || !isAfter(mark)));
      if (!next) return;
      open(next);
      location.hash = next.id;
    });
  }

  const bare = (node) => {
    node.querySelectorAll("[data-apparatus]").forEach((addition) => addition.remove());
    return node.textContent.replace(/\s+/g, " ");
  };

  // The words of a claim: its pieces, with what was left out between them as an ellipsis.
  function wordsOf(card) {
    return piecesOf(card).reduce((words, piece, at, pieces) => {
      if (!at) return bare(piece.cloneNode(true));
      const between = document.createRange();
      between.setStartAfter(pieces[at - 1]);
      between.setEndBefore(piece);
      const gap = bare(between.cloneContents());
      return words + (gap.trim() ? " … " : gap) + bare(piece.cloneNode(true));
    }, "").trim();
  }

  function partOf(text, mark) {
    const start = [...text.querySelectorAll("[id^=part-]")]
      .findLast((one) => one.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
    return start?.matches(".part") ? start : start && text.querySelector(`.part [href="#${CSS.escape(start.id)}"]`)?.closest(".part");
  }

  // The address of the words in the page as it is published now, as browsers find them there.
  function fragment(url, words) {
    const part = (some) => encodeURIComponent(some.join(" ")).replaceAll("-", "%2D");
    const passages = words.split(" … ").map((passage) => passage.split(" ")).map((passage) => (
      `text=${passage.length > 8 ? `${part(passage.slice(0, 4))},${part(passage.slice(-4))}` : part(passage)}`));
    return `${url.split("#")[0]}#:~:${passages.join("&")}`;
  }

  // Within marks of ours that the words do not have themselves: not a character of these changes.
  function quoted(words, [marks, others]) {
    return ([marks[0], marks.at(-1)].some((mark) => words.includes(mark)) ? others : marks).replace("{}", () => words);
  }

  function citing(text) {
    const tools = document.getElementById("tools");
    text.addEventListener("toggle", (event) => {
      const card = event.target.closest(".card:not(.note)");
      const mark = card && piecesOf(card)[0];
      if (!mark || card.querySelector(".tools")) return;
      const part = partOf(text, mark);
      const words = wordsOf(card);
      const from = part?.querySelector(".from")?.textContent.trim().replace(" · ", tools.dataset.comma) ?? text.dataset.from;
      const address = `${document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0]}#${mark.id}`;
      const told = { who: card.querySelector("b").textContent, quote: quoted(words, tools.dataset.marks.split("|")), from, id: mark.id.slice(6), address };
      const line = tools.content.cloneNode(true);
      const button = line.querySelector("button");
      button.value = tools.dataset.cite.replace(/\{(\w+)\}/g, (_, name) => told[name]);
      button.hidden = !navigator.clipboard;
      const url = part?.querySelector(".live")?.href ?? text.dataset.live;
      const live = line.querySelector("a");
      if (url) live.href = fragment(url, words);
      else live.remove();
      card.querySelector(".more").append(line);
    }, true);
  }

  // The page has read the choice before its first line was drawn; see document.html.
  function widths() {
    const choice = document.querySelector(".widths");
    const root = document.documentElement;
    const kept = choice.querySelector(`[value="${CSS.escape(root.dataset.width)}"]`);
    if (kept) kept.checked = true;
    choice.hidden = false;
    choice.addEventListener("change", ({ target }) => {
      root.dataset.width = target.value;
      try { localStorage.setItem("width", target.value); } catch { /* kept for this page alone */ }
    });
  }

  const text = document.getElementById("text");
  widths();
  completeLists();
  connect(text);
  document.querySelector(".score")?.addEventListener("click", aim);
  walk(text);
  citing(text);
})();
