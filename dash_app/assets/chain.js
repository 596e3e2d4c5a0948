/* The chain: edges drawn from the data that the server laid out, zoom, and the chosen row marked in chain and table. */
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";

  function path(d, names) {
    const made = document.createElementNS(SVG, "path");
    made.setAttribute("d", d);
    made.setAttribute("class", names);
    return made;
  }

  /* A decided edge is a double line: a broad one with the ground drawn over its middle. */
  function draw(holder) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", `0 0 1000 ${holder.dataset.height}`);
    svg.setAttribute("preserveAspectRatio", "none");
    for (const line of JSON.parse(holder.dataset.lines)) {
      const group = document.createElementNS(SVG, "g");
      group.dataset.rows = line.rows.join(" ");
      group.append(path(line.d, "line " + line.basis));
      if (line.basis === "decided") group.append(path(line.d, "core"));
      svg.append(group);
    }
    holder.replaceChildren(svg);
    holder.drawn = holder.dataset.lines;
  }

  function mark(row) {
    const canvas = document.querySelector(".chain-canvas");
    if (!canvas) return;
    const holder = canvas.querySelector(".chain-lines");
    if (holder.drawn !== holder.dataset.lines || !holder.firstChild) draw(holder);
    const has = (element) => element.dataset.rows.split(" ").includes(row);
    canvas.querySelectorAll(".card").forEach((card) => card.classList.toggle("on", has(card)));
    const groups = [...canvas.querySelectorAll("g")];
    groups.forEach((group) => group.classList.toggle("on", has(group)));
    groups.filter(has).forEach((group) => group.parentElement.append(group));
    document.querySelectorAll("#trace-rows tr[data-row]").forEach((line) => {
      const chosen = line.dataset.row === row;
      line.classList.toggle("selected", chosen);
      if (chosen) line.setAttribute("aria-current", "true"); else line.removeAttribute("aria-current");
    });
    show(canvas);
  }

  /* The view goes where the chosen task and those bound by it stand, unless the task is in sight already. */
  function show(canvas) {
    const view = canvas.parentElement;
    const cards = [...canvas.querySelectorAll(".card-task.on, .card-agency.on")];
    if (!cards.length) return;
    const top = Math.min(...cards.map((card) => card.offsetTop)) * zoom(canvas);
    const bottom = Math.max(...cards.map((card) => card.offsetTop + card.offsetHeight)) * zoom(canvas);
    if (top >= view.scrollTop && bottom <= view.scrollTop + view.clientHeight) return;
    view.scrollTop = Math.max(0, (top + bottom - view.clientHeight) / 2);
  }

  /* The row that the address names; the first one when it names none, or one that the answer no longer has. */
  function chosen(search) {
    const rows = [...document.querySelectorAll("#trace-rows tr[data-row]")].map((line) => line.dataset.row);
    const named = new URLSearchParams(search || "").get("row");
    return rows.includes(named) ? named : rows[0];
  }

  function zoom(canvas) { return parseFloat(canvas.dataset.zoom || "1"); }

  function setZoom(canvas, value) {
    const factor = Math.min(2, Math.max(0.3, value));
    canvas.dataset.zoom = factor;
    canvas.style.zoom = factor;
  }

  document.addEventListener("click", function (event) {
    const tool = event.target.closest("[data-zoom]");
    if (tool && tool.tagName === "BUTTON") {
      const canvas = document.querySelector(".chain-canvas");
      const view = canvas.parentElement;
      const factor = { in: zoom(canvas) * 1.2, out: zoom(canvas) / 1.2, fit: Math.min(1, (view.clientHeight - 30) / canvas.offsetHeight) }[tool.dataset.zoom];
      setZoom(canvas, factor);
      return;
    }
    /* A card that stands for several rows shows them one after the other. */
    const card = event.target.closest(".chain .card");
    if (!card) return;
    const rows = card.dataset.rows.split(" ");
    const now = new URLSearchParams(location.search).get("row");
    const address = new URL(card.href);
    address.searchParams.set("row", rows[(rows.indexOf(now) + 1) % rows.length]);
    card.href = address.pathname + address.search;
  }, true);

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.desk = Object.assign(window.dash_clientside.desk || {}, {
    /* The row of the address, when it names another one than is shown; the first one without any. */
    row: function (search, shown) {
      const row = chosen(search);
      mark(row);
      return row === shown ? window.dash_clientside.no_update : row;
    },
  });

  /* The canvas arrives with the page: draw it when it does. */
  new MutationObserver(function () {
    const canvas = document.querySelector(".chain-canvas");
    if (!canvas) return;
    const holder = canvas.querySelector(".chain-lines");
    if (holder.drawn === holder.dataset.lines && holder.firstChild) return;
    mark(chosen(location.search));
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-lines"] });
})();
