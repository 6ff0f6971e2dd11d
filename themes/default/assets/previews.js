// Shows where a link leads, for who stops at one by pointer or by key. Comes with the first of them.
(() => {
  "use strict";

  const site = new URL("../", document.currentScript.src);

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

  const main = document.getElementById("main");
  previews(main);
  // Who has stopped at a link already need not come again.
  const byPointer = main.querySelector("a:hover");
  if (byPointer) byPointer.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
  else if (document.activeElement.matches("a")) document.activeElement.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
})();
