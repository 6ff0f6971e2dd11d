// Added to a page by `sourcebook serve`, and by nothing else: loads the page again when the site was
// built anew, and shows what stands in the way of a build over the last good page.
(() => {
  "use strict";

  const script = document.currentScript;
  let generation = script.dataset.generation;
  const events = new URL("events", script.src);
  const SCROLL = "sourcebook-scroll";
  const FOLDED = "sourcebook-folded";

  const STYLE = `
    :host { all: initial; color-scheme: light dark; }
    @media print { :host { display: none; } }
    * { box-sizing: border-box; }
    .panel, .pill, .notice {
      --paper: #fffdf8; --ink: #1b1a18; --soft: #57534b; --line: #d8d4c9; --fault: #a3200d;
      --tint: #f6f2e8;
      position: fixed; z-index: 2147483647; color: var(--ink); background: var(--paper);
      font: 400 15px/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
      text-align: start; direction: ltr;
    }
    @media (prefers-color-scheme: dark) {
      .panel, .pill, .notice {
        --paper: #20201d; --ink: #ece8de; --soft: #b3ada1; --line: #3a3832; --fault: #ff9c8a;
        --tint: #2a2925;
      }
    }
    .panel {
      inset: auto 0 0 0; max-block-size: min(66vh, 42rem); display: flex; flex-direction: column;
      border-block-start: 3px solid var(--fault); box-shadow: 0 -6px 30px rgb(0 0 0 / 25%);
    }
    header {
      display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; padding: 10px 20px;
      border-block-end: 1px solid var(--line);
    }
    h2 { margin: 0; font-size: 16px; line-height: 1.3; color: var(--fault); }
    header p { margin: 0 auto 0 0; color: var(--soft); }
    ol { margin: 0; padding: 0; list-style: none; overflow: auto; overscroll-behavior: contain; }
    li { padding: 14px 20px 16px; }
    li + li { border-block-start: 1px solid var(--line); }
    .place { display: flex; align-items: center; gap: 12px; }
    .place code { margin-inline-end: auto; overflow-wrap: anywhere; }
    code, pre { font: 13px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
    code { color: var(--soft); }
    .message { margin: 4px 0 0; font-weight: 600; overflow-wrap: anywhere; white-space: pre-wrap; }
    pre { margin: 8px 0 0; padding: 8px 12px; overflow-x: auto; background: var(--tint); }
    .help { margin: 8px 0 0; overflow-wrap: anywhere; white-space: pre-wrap; }
    button {
      font: inherit; font-size: 14px; color: inherit; background: transparent; cursor: pointer;
      border: 1px solid var(--soft); border-radius: 3px; padding: 3px 12px; min-block-size: 30px;
    }
    button:hover { background: var(--tint); }
    :focus-visible { outline: 3px solid var(--fault); outline-offset: 2px; }
    .pill {
      inset: auto 16px 16px auto; border: 2px solid var(--fault); border-radius: 99px;
      padding: 8px 18px; font-weight: 600; color: var(--fault);
      box-shadow: 0 4px 18px rgb(0 0 0 / 25%);
    }
    .notice {
      inset: auto 16px 16px; inline-size: fit-content; margin: 0 auto; padding: 8px 18px;
      border: 1px solid var(--line); border-radius: 3px; box-shadow: 0 4px 18px rgb(0 0 0 / 25%);
    }`;

  let source = null;
  let host = null;

  function connect() {
    if (source) source.close();
    source = new EventSource(events);
    source.onmessage = (message) => obey(JSON.parse(message.data));
    source.onerror = () => {
      // A browser that got no answer at all gives up; the server may only be starting again.
      if (source && source.readyState === EventSource.CLOSED) setTimeout(connectIfSeen, 1000);
    };
  }

  function disconnect() {
    if (source) source.close();
    source = null;
  }

  // A browser opens six connections to one server: pages that nobody sees leave theirs to others.
  function connectIfSeen() {
    if (document.visibilityState === "hidden") disconnect();
    else connect();
  }

  function obey(state) {
    if (state.generation !== generation) {
      reloadIfChanged(state);
    } else if (state.problems.length) {
      show(state.problems, state.total);
    } else {
      sessionStorage.removeItem(FOLDED);
      clear();
      if (state.notice) tell(state.notice);
    }
  }

  // A build that left this page as it was does not disturb who reads it.
  async function reloadIfChanged(state) {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const page = /data-page="([0-9a-f]+)"/.exec(await answer.text());
      if (answer.ok && page && page[1] === script.dataset.page) {
        generation = state.generation;
        obey(state);
        return;
      }
    } catch {
      // No answer: loading the page again shows the reader why.
    }
    reload();
  }

  function reload() {
    disconnect();
    const place = { page: location.pathname + location.search, x: scrollX, y: scrollY };
    sessionStorage.setItem(SCROLL, JSON.stringify(place));
    location.reload();
  }

  function restoreScroll() {
    const saved = sessionStorage.getItem(SCROLL);
    if (!saved) return;
    sessionStorage.removeItem(SCROLL);
    const place = JSON.parse(saved);
    if (place.page !== location.pathname + location.search) return;
    const restore = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    restore();
    // Once more when fonts and pictures have their size, unless the reader has moved on.
    let moved = false;
    const note = () => { moved = true; };
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(kind, note, { once: true, passive: true });
    }
    addEventListener("load", () => { if (!moved) restore(); });
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function clear() {
    if (host) host.remove();
    host = null;
  }

  // What lies over the page has a style of its own, which the page's style cannot reach.
  function lay(name) {
    clear();
    host = document.createElement(name);
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    document.documentElement.append(host);
    return root;
  }

  function tell(notice) {
    const said = element("p", { className: "notice", textContent: notice });
    said.setAttribute("role", "status");
    lay("sourcebook-notice").append(said);
  }

  function show(problems, total) {
    const root = lay("sourcebook-problems");
    const count = total === 1 ? "1 problem" : `${total} problems`;
    const panel = makePanel(problems, total, count);
    const pill = element("button", { className: "pill", type: "button", textContent: count });
    pill.setAttribute("aria-expanded", "false");
    const fold = (folded, focus) => {
      panel.hidden = folded;
      panel.style.display = folded ? "none" : "";
      pill.hidden = !folded;
      pill.style.display = folded ? "" : "none";
      if (folded) sessionStorage.setItem(FOLDED, "yes");
      else sessionStorage.removeItem(FOLDED);
      if (focus) (folded ? pill : panel.querySelector("[data-fold]")).focus();
    };
    panel.querySelector("[data-fold]").addEventListener("click", () => fold(true, true));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") fold(true, true);
    });
    pill.addEventListener("click", () => fold(false, true));
    root.append(panel, pill);
    fold(sessionStorage.getItem(FOLDED) === "yes", false);
  }

  function makePanel(problems, total, count) {
    const panel = element("section", { className: "panel" });
    panel.setAttribute("role", "alert");
    panel.setAttribute("aria-label", `The site was not built: ${count}`);
    const fold = element("button", { type: "button", textContent: "Fold away" });
    fold.dataset.fold = "";
    const all = problems.map((problem) => problem.text).join("\n\n");
    const list = element("ol", { tabIndex: 0 }, ...problems.map(makeItem));
    if (total > problems.length) {
      list.append(element("li", { textContent: `${total - problems.length} more in the terminal` }));
    }
    panel.append(
      element(
        "header",
        {},
        element("h2", { textContent: `${count}: the site was not built` }),
        element("p", { textContent: "The page behind this is the last good one." }),
        ...(problems.length > 1 ? [makeCopyButton("Copy all", all)] : []),
        fold,
      ),
      list,
    );
    return panel;
  }

  function makeItem(problem) {
    const item = element("li", {});
    const line = problem.line === null ? "" : `:${problem.line}`;
    const place = problem.path === null ? "" : problem.path + line;
    item.append(
      element(
        "div",
        { className: "place" },
        element("code", { textContent: place }),
        makeCopyButton("Copy", problem.text),
      ),
      element("p", { className: "message", textContent: problem.message }),
    );
    if (problem.excerpt) item.append(element("pre", { textContent: problem.excerpt }));
    if (problem.help) {
      item.append(element("p", { className: "help" }, element("b", { textContent: "Help: " }), problem.help));
    }
    return item;
  }

  function makeCopyButton(label, text) {
    const button = element("button", { type: "button", textContent: label });
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch {
        // Without a secure connection, as on another device, there is no clipboard to write to.
        getSelection().selectAllChildren(button.closest("li, section"));
        button.textContent = "Selected";
      }
      setTimeout(() => { button.textContent = label; }, 1500);
    });
    return button;
  }

  restoreScroll();
  document.addEventListener("visibilitychange", connectIfSeen);
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => { if (event.persisted) connectIfSeen(); });
  connectIfSeen();
})();
