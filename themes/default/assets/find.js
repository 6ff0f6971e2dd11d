// Fetches what few visits need: marks for who comes from the search, names for who types in a field.
(() => {
"use strict";
const wanted = document.currentScript.dataset;
const isSearch = document.getElementById("search-form");
// No script of a page opened from a folder may fetch another.
if (location.protocol === "file:") return;
const fetchScript = (address, use) => {
  if (!document.getElementById("find-style")) {
    document.head.append(Object.assign(document.createElement("link"), { id: "find-style", rel: "stylesheet", href: wanted.style }));
  }
  import(new URL(address, document.baseURI)).then(use).catch(console.warn);
};
if (!isSearch && (new URLSearchParams(location.search).has("q") || history.state?.hits)) {
  fetchScript(wanted.hits, (module) => module.markHits(wanted.unmark));
}
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".find input[name=q]:not([role])")) fetchScript(wanted.suggest, (module) => module.suggest(target));
});
})();
