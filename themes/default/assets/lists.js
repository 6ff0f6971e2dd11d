// A field above a list leaves the lines of this page that have all the words typed into it.
(() => {
  "use strict";
  // Without accents and case, so that who types "cavusoglu" finds Çavuşoğlu.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function sift(box) {
    const input = box.querySelector("input");
    const status = box.querySelector("[role=status]");
    const search = box.querySelector("a");
    const rows = [...document.querySelector("table.list").tBodies[0].rows];
    const texts = new Map();
    const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    function show() {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        if (words.length && !texts.has(row)) texts.set(row, plain(row.textContent));
        row.hidden = !words.every((word) => texts.get(row).includes(word));
        if (!row.hidden) shown += 1;
      }
      status.textContent = words.length ? fill(status.dataset.count, { shown, n: rows.length }) : "";
      if (!search) return;
      search.hidden = !words.length;
      search.search = new URLSearchParams({ q: input.value.trim() });
      search.textContent = fill(search.dataset.words, { words: input.value.trim() });
    }
    input.addEventListener("input", show);
    box.hidden = false;
    // A browser that comes back to the page may have kept what was typed.
    if (input.value) show();
  }

  document.querySelectorAll(".sift").forEach(sift);
})();
