// Makes reading easier and adds nothing that a page needs: sorts tables, shows which card belongs to
// which words, walks from claim to claim, copies a citation.
(() => {
  "use strict";

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

  function connect(text) {
    let lit = [];
    const light = (event) => {
      lit.forEach((element) => element.classList.remove("hot"));
      lit = [];
      const from = event.target.closest?.("mark[data-of], .card");
      const card = from?.dataset.of ?? from?.id;
      if (!card) return;
      lit = [...text.querySelectorAll(`mark[data-of="${CSS.escape(card)}"]`)];
      const element = document.getElementById(card);
      if (element) lit.push(element);
      lit.forEach((one) => one.classList.add("hot"));
    };
    text.addEventListener("pointerover", light);
    text.addEventListener("focusin", light);
    text.addEventListener("click", (event) => {
      const ref = event.target.closest?.(".ref, .sign");
      const card = ref && document.getElementById(ref.hash.slice(1));
      if (card) card.querySelector("details").open = true;
    });
  }

  function walk(text) {
    const marks = [...text.querySelectorAll("mark[id^=claim-]")];
    document.addEventListener("keydown", (event) => {
      const step = { n: 1, p: -1 }[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      const at = marks.findIndex((mark) => `#${mark.id}` === decodeURIComponent(location.hash));
      const next = marks[at < 0 ? (step > 0 ? 0 : marks.length - 1) : at + step];
      if (next) location.hash = next.id;
    });
  }

  function copying(button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).innerText);
      const words = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }

  document.querySelectorAll("table.list").forEach(sortable);
  document.querySelectorAll("button[data-copies]").forEach(copying);
  const text = document.getElementById("text");
  if (text) {
    connect(text);
    walk(text);
  }
})();
