// Makes reading easier and adds nothing that a page needs: sorts tables, copies citations, shows where
// a link leads (previews.js). Documents have document.js besides.
(() => {
  "use strict";

  const previews = document.currentScript.dataset.previews;
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
        // Names are filed without the Arabic article, as in the lists that are made before.
        const key = (row) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim().replace(/^\u0627\u0644(?=\S{3})/, "");
        rows
          .map((row) => [key(row), row])
          // What is not known stays last, whichever way the rest is sorted.
          .sort(([a], [b]) => (a === "") - (b === "") || (down ? -1 : 1) * number.compare(a, b))
          .forEach(([, row]) => body.append(row));
      });
    });
  }

  // What is copied is the button's value, or else the text of the element that it names. Where the browser does
  // not allow that, it is there to be seen, and selected.
  async function copy(button) {
    let source = document.getElementById(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(button.value || source.innerText);
    } catch {
      if (!source) button.replaceWith(source = Object.assign(document.createElement("span"), { textContent: button.value }));
      getSelection().selectAllChildren(source);
      return;
    }
    const name = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = name; }, 2000);
  }

  document.querySelectorAll("table.list").forEach(sortable);
  if (navigator.clipboard) {
    document.querySelectorAll("button.copy").forEach((button) => { button.hidden = false; });
    document.addEventListener("click", ({ target }) => { if (target.closest(".copy")) copy(target.closest(".copy")); });
  }
  // Few visits need to know where a link leads before they follow it.
  const main = document.getElementById("main");
  const fetchPreviews = ({ target }) => {
    if (!target.closest?.("a[href]")) return;
    ["pointerover", "focusin"].forEach((event) => main.removeEventListener(event, fetchPreviews));
    document.head.append(Object.assign(document.createElement("script"), { src: previews }));
  };
  ["pointerover", "focusin"].forEach((event) => main.addEventListener(event, fetchPreviews));
})();
