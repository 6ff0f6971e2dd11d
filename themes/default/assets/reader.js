// Makes reading easier and adds nothing that a page needs: sorts tables, shows which card belongs to
// which words, walks from claim to claim, copies citations, shows where a link leads.
(() => {
  "use strict";

  const site = new URL("../", document.currentScript.src);
  const number = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });

  function sortable(table) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    if (rows.length < 3) return;
    heads.forEach((head, column) => {
      if (!head.hasAttribute("data-sort")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const numeric = head.dataset.sort === "number";
        const was = head.getAttribute("aria-sort");
        const down = was ? was === "ascending" : numeric;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const key = (row) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
        rows
          .map((row) => [key(row), row])
          // What is not known stays last, whichever way the rest is sorted.
          .sort(([a], [b]) => (a === "") - (b === "") || (down ? -1 : 1) * number.compare(a, b))
          .forEach(([, row]) => body.append(row));
      });
    });
  }

  function copying(button, words = () => document.getElementById(button.dataset.copies).innerText) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    const name = button.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(words());
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = name; }, 2000);
    });
  }

  // Documents ----------------------------------------------------------------------------------

  const piecesOf = (card) => [...document.querySelectorAll(`mark[data-of="${card.id}"]`)];
  const cardOf = (link) => (/^#[cn]\d+$/.test(link?.hash) ? document.getElementById(link.hash.slice(1)) : null);

  function connect(text) {
    let lit = [];
    const light = (event) => {
      lit.forEach((element) => element.classList.remove("hot"));
      lit = [];
      const from = event.target.closest?.("mark[data-of], .card");
      const card = document.getElementById(from?.dataset.of ?? from?.id);
      if (!card) return;
      lit = [...piecesOf(card), card];
      lit.forEach((one) => one.classList.add("hot"));
    };
    text.addEventListener("pointerover", light);
    text.addEventListener("focusin", light);
    text.addEventListener("click", (event) => {
      const card = cardOf(event.target.closest?.(".ref, .sign"));
      if (card) card.querySelector("details").open = true;
    });
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

  // A number leads to its words, at their permanent address; without a script, to their card.
  function completeLists() {
    document.querySelectorAll(".t, #claims td a").forEach((link) => {
      const card = cardOf(link);
      if (!card) return;
      link.href = card.querySelector(".k").hash;
      const says = card.querySelector(".says");
      if (says && link.closest("tr")) link.closest("tr").lastElementChild.append(" ", ...says.cloneNode(true).childNodes);
    });
    document.querySelectorAll("#notes [data-of]").forEach((item) => {
      const says = document.getElementById(item.dataset.of)?.querySelector(".says");
      if (says) item.append(" ", ...says.cloneNode(true).childNodes);
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
      const here = document.getElementById(decodeURIComponent(location.hash.slice(1)));
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
    const passage = words.split(" … ")[0].split(" ");
    const part = (some) => encodeURIComponent(some.join(" ")).replaceAll("-", "%2D");
    const ends = passage.length > 8 ? `${part(passage.slice(0, 4))},${part(passage.slice(-4))}` : part(passage);
    return `${url.split("#")[0]}#:~:text=${ends}`;
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
      const told = { who: card.querySelector("b").textContent, quote: words, from, id: mark.id.slice(6), address };
      const line = tools.content.cloneNode(true);
      copying(line.querySelector("button"), () => tools.dataset.cite.replace(/\{(\w+)\}/g, (_, name) => told[name]));
      const url = part?.querySelector(".live")?.href ?? text.dataset.live;
      const live = line.querySelector("a");
      if (url) live.href = fragment(url, words);
      else live.remove();
      card.querySelector(".more").append(line);
    }, true);
  }

  // Where a link leads -------------------------------------------------------------------------

  const PREVIEWED = /^(actors|topics|outlets|questions)\/[^/]+\/index\.html$|^claims\/[^/]+\/[^/]+\/index\.html$/;
  const HEAD_SIZE = 32768;
  const heads = new Map();

  // Of another page only its head is read: a few kilobytes, of this site, once.
  async function readHead(path) {
    const stop = new AbortController();
    const reply = await fetch(new URL(path, site), { signal: stop.signal });
    if (!reply.ok) return null;
    const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
    let html = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      html += value;
      if (html.length > HEAD_SIZE || html.includes('class="sec"')) { stop.abort(); break; }
    }
    return new DOMParser().parseFromString(html, "text/html").querySelector("main .head");
  }

  function pick(head, selectors) {
    const found = selectors.map((selector) => head.querySelector(selector)).filter(Boolean);
    return found.map((one) => {
      const line = document.createElement("p");
      line.className = one.matches(".label") ? "label" : one.matches("h1, b") ? "what" : one.matches(".q, .statement") ? one.className : "";
      if (one.lang) line.lang = one.lang;
      line.dir = one.dir || "auto";
      const pieces = one.matches(".key") ? [...one.children].slice(0, 3) : [one];
      line.textContent = pieces.map((piece) => piece.textContent.trim().replace(/\s+/g, " ")).join(" · ");
      return line;
    });
  }

  async function preview(link) {
    const url = new URL(link.href);
    if (url.pathname === location.pathname && url.hash) {
      const place = document.getElementById(decodeURIComponent(url.hash.slice(1)));
      const card = place?.matches(".card") ? place : place && document.getElementById(place.dataset.of);
      return card ? pick(card, ["b, .lem", ".fm", ".says"]) : [];
    }
    if (url.origin !== site.origin || !url.pathname.startsWith(site.pathname) || url.protocol === "file:") return [];
    const place = /^#claim-(.+)/.exec(url.hash)?.[1];
    let path = url.pathname.slice(site.pathname.length);
    // The claim's own page is small; its document need not be.
    if (place) path = path.replace(/^documents\/([^/]+)\//, `claims/$1/${place}/`);
    if (!PREVIEWED.test(path)) return [];
    if (!heads.has(path)) heads.set(path, readHead(path).catch(() => null));
    const head = await heads.get(path);
    return head ? pick(head, [".label", "h1", ".statement", ".prose p", ".key"]) : [];
  }

  function previews(main) {
    const box = document.createElement("div");
    box.id = "preview";
    box.hidden = true;
    box.setAttribute("role", "tooltip");
    main.append(box);
    let link = null;
    let timer = 0;
    const hide = () => {
      clearTimeout(timer);
      link?.removeAttribute("aria-describedby");
      link = null;
      box.hidden = true;
    };
    const place = (byKey) => {
      const at = link.getBoundingClientRect();
      const low = at.top > innerHeight / 2;
      box.classList.toggle("docked", byKey);
      // Beside the pointer it touches its link, so that the pointer can reach it; for who comes by key it
      // stands at the edge of the window that is further from what is being read.
      const edge = byKey ? 12 : low ? innerHeight - at.top : at.bottom;
      box.style.inset = "auto";
      box.style[low === byKey ? "top" : "bottom"] = `${edge}px`;
      const width = box.offsetWidth;
      const last = innerWidth - width - 12;
      const toLeft = document.documentElement.dir === "rtl";
      const side = toLeft ? (byKey ? 12 : at.right - width) : byKey ? last : at.left;
      box.style.left = `${Math.max(12, Math.min(side, last))}px`;
    };
    const show = async (wanted, byKey) => {
      const lines = await preview(wanted);
      if (link !== wanted || !lines.length) return;
      box.replaceChildren(...lines);
      box.hidden = false;
      place(byKey);
      wanted.setAttribute("aria-describedby", "preview");
    };
    const come = (event, byKey) => {
      const found = event.target.closest?.("a[href]");
      if (box.contains(event.target) || (found && found === link)) return clearTimeout(timer);
      if (!found || found.matches(".ref, .sign, .k") || (byKey && !found.matches(":focus-visible"))) return;
      hide();
      link = found;
      timer = setTimeout(show, byKey ? 500 : 300, found, byKey);
    };
    // Time to move from the link to the box, and back.
    const leave = () => { clearTimeout(timer); timer = setTimeout(hide, 250); };
    main.addEventListener("pointerover", (event) => event.pointerType === "mouse" && come(event, false));
    main.addEventListener("pointerout", (event) => event.pointerType === "mouse" && link && !link.matches(":focus-visible") && leave());
    box.addEventListener("pointerenter", () => clearTimeout(timer));
    box.addEventListener("pointerleave", leave);
    main.addEventListener("focusin", (event) => come(event, true));
    main.addEventListener("focusout", hide);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    addEventListener("scroll", () => box.hidden || box.classList.contains("docked") || hide(), { passive: true });
  }

  document.querySelectorAll("table.list").forEach(sortable);
  document.querySelectorAll("button[data-copies]").forEach((button) => copying(button));
  const text = document.getElementById("text");
  if (text) {
    completeLists();
    connect(text);
    walk(text);
    citing(text);
  }
  previews(document.getElementById("main"));
})();
