// The one script of the site: its search, and tables that can be scrolled with the keyboard.
//
// The search shows every part of every page in which all the words stand. The index is the site's own text, loaded only when
// somebody searches, and from a script file, so that it works from a folder as well as from a server.
(function () {
  "use strict";
  var english = (document.documentElement.lang || "").indexOf("en") === 0;
  var here = document.currentScript ? document.currentScript.src : "";
  var top = here.replace(/assets\/site\.js.*$/, "");
  var MOST = 100, BEFORE = 30, AFTER = 90;
  var said = english
    ? { none: "Nothing was found.", some: " places found", most: " places found; the first 100 are shown", label: "Search this site" }
    : { none: "没有找到。", some: "处", most: "处，只列出前100处", label: "检索全站" };

  function folded(text) { return text.normalize("NFKC").toLowerCase(); }

  function place(entry, words) {
    var text = folded(entry[1] + "\n" + entry[2] + "\n" + entry[3]);
    return words.every(function (word) { return text.indexOf(word) >= 0; });
  }

  function weight(entry, words) {
    var title = folded(entry[1] + " " + entry[2]);
    return words.filter(function (word) { return title.indexOf(word) >= 0; }).length;
  }

  function marked(text, word) {
    var at = folded(text).indexOf(word), line = document.createElement("p");
    if (at < 0 || folded(text).length !== text.length) { line.textContent = text.slice(0, BEFORE + AFTER); return line; }
    var mark = document.createElement("mark");
    mark.textContent = text.slice(at, at + word.length);
    line.append((at > BEFORE ? "…" : "") + text.slice(Math.max(0, at - BEFORE), at), mark, text.slice(at + word.length, at + AFTER) + "…");
    return line;
  }

  function result(entry, words) {
    var item = document.createElement("li"), link = document.createElement("a");
    item.className = "zs-result";
    link.href = top + entry[0];
    link.textContent = entry[1] === entry[2] ? entry[1] : entry[1] + " › " + entry[2];
    item.append(link, marked(entry[3], words[0]));
    return item;
  }

  function show(index, words) {
    var box = document.getElementById("zs-found"), list = document.createElement("ol");
    var found = index.filter(function (entry) { return place(entry, words); });
    found.sort(function (a, b) { return weight(b, words) - weight(a, words); });
    found.slice(0, MOST).forEach(function (entry) { list.append(result(entry, words)); });
    var count = document.createElement("p");
    count.textContent = found.length === 0 ? said.none : found.length + (found.length > MOST ? said.most : said.some);
    box.replaceChildren(count, list);
  }

  function look(asked) {
    var words = folded(asked).split(/\s+/).filter(Boolean);
    if (!words.length) { return; }
    if (window.zhunshengLoaded) { show(window.zhunshengLoaded, words); return; }
    window.zhunshengIndex = function (index) { window.zhunshengLoaded = index; show(index, words); };
    var script = document.createElement("script");
    script.src = top + "assets/search-index.js";
    document.head.append(script);
  }

  function inHeader() {
    var bar = document.querySelector(".md-header__inner");
    if (!bar) { return; }
    var form = document.createElement("form"), input = document.createElement("input");
    form.className = "zs-header"; form.setAttribute("role", "search"); form.setAttribute("aria-label", said.label);
    form.action = top + "search.html"; form.method = "get";
    input.type = "search"; input.name = "q"; input.placeholder = said.label; input.setAttribute("aria-label", said.label);
    form.append(input);
    bar.append(form);
  }

  function scrollable() {
    document.querySelectorAll(".md-typeset table:not([class])").forEach(function (table) {
      [table, table.parentElement].forEach(function (box) {
        if (box.scrollWidth > box.clientWidth && /auto|scroll/.test(getComputedStyle(box).overflowX)) { box.tabIndex = 0; }
      });
    });
  }

  function start() {
    scrollable();
    window.addEventListener("resize", scrollable);
    var page = document.getElementById("zs-words");
    if (!page) { inHeader(); return; }
    var asked = new URLSearchParams(location.search).get("q") || "";
    page.value = asked;
    look(asked);
    page.form.addEventListener("submit", function (event) {
      event.preventDefault();
      history.replaceState(null, "", "?q=" + encodeURIComponent(page.value));
      look(page.value);
    });
  }

  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
