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

  /* The picture as a file. Its words stand where the browser has set them, so nothing is cut otherwise than on screen. */
  function picture(canvas) {
    const factor = zoom(canvas);
    canvas.style.zoom = 1;
    const view = canvas.parentElement;
    const heads = view.querySelector(".chain-ranks");
    const origin = canvas.getBoundingClientRect();
    const top = heads.offsetHeight;
    const width = Math.ceil(origin.width);
    const height = Math.ceil(canvas.offsetHeight + top);
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("xmlns", SVG);
    for (const [name, value] of [["width", width], ["height", height], ["viewBox", `0 0 ${width} ${height}`]]) svg.setAttribute(name, value);
    const add = (tag, values, parent) => {
      const made = document.createElementNS(SVG, tag);
      for (const [name, value] of Object.entries(values)) made.setAttribute(name, value);
      return (parent || svg).appendChild(made);
    };
    const ground = getComputedStyle(document.documentElement).getPropertyValue("--paper").trim();
    add("rect", { width, height, fill: ground });
    for (const line of canvas.querySelectorAll(".chain-lines path")) {
      const style = getComputedStyle(line);
      add("path", {
        d: line.getAttribute("d").replace(/(-?[\d.]+) (-?[\d.]+)/g, (_, x, y) => `${x * width / 1000} ${Number(y) * canvas.offsetHeight / canvas.querySelector(".chain-lines").dataset.height + top}`).replace(/H(-?[\d.]+)/g, (_, x) => `H${x * width / 1000}`),
        fill: "none", stroke: style.stroke, "stroke-width": style.strokeWidth, "stroke-dasharray": style.strokeDasharray,
      });
    }
    const words = (element, shiftX, shiftY) => {
      const box = (element.closest(".card") || element).getBoundingClientRect();
      const lines = new Map();
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      let cut = false;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const word of node.data.matchAll(/\S+/g)) {
          const range = document.createRange();
          const at = (start, end) => { range.setStart(node, word.index + start); range.setEnd(node, word.index + end); return range.getClientRects(); };
          const whole = at(0, word[0].length).length === 1; // else the word is broken over two lines
          const parts = whole ? [[0, word[0].length]] : [...word[0]].map((_, index) => [index, index + 1]);
          for (const [start, end] of parts) {
            const place = at(start, end)[0];
            if (!place || !place.width) continue;
            if (place.bottom > element.getBoundingClientRect().bottom + 2 || place.right > box.right + 1) { cut = true; continue; }
            const key = Math.round(place.bottom);
            const line = lines.get(key) || { left: place.left, bottom: place.bottom, height: place.height, text: "" };
            line.text += (line.text && start === 0 ? " " : "") + word[0].slice(start, end);
            lines.set(key, line);
          }
        }
      }
      const style = getComputedStyle(element);
      [...lines.values()].forEach((line, index) => {
        let text = line.text + (cut && index === lines.size - 1 ? " …" : "");
        if (index === 0 && element.matches(".card b")) text = text.charAt(0).toUpperCase() + text.slice(1);
        add("text", { x: line.left - shiftX, y: line.bottom - shiftY - line.height * 0.24, fill: style.color, "font-family": style.fontFamily.replace(/"/g, "'"), "font-size": style.fontSize, "font-weight": style.fontWeight }).textContent = text;
      });
    };
    for (const card of canvas.querySelectorAll(".card")) {
      const place = card.getBoundingClientRect();
      const style = getComputedStyle(card);
      const x = place.left - origin.left;
      const y = place.top - origin.top + top;
      add("rect", { x, y, width: place.width, height: place.height, rx: 5, fill: style.backgroundColor, stroke: style.borderTopColor, "stroke-dasharray": style.borderTopStyle === "dashed" ? "4 3" : "none" });
      add("rect", { x, y, width: 3, height: place.height, fill: style.borderLeftColor });
      const sign = card.querySelector(".icon");
      const spot = sign.getBoundingClientRect();
      add("circle", { cx: spot.left - origin.left + spot.width / 2, cy: spot.top - origin.top + top + spot.height / 2, r: spot.width / 2.6, fill: getComputedStyle(sign).color });
      card.querySelectorAll(".card-note > span:last-child, b, small").forEach((part) => words(part, origin.left, origin.top - top));
    }
    const head = heads.getBoundingClientRect();
    [...heads.children].forEach((name) => words(name, head.left, head.top));
    canvas.style.zoom = factor;
    return svg;
  }

  function savePicture(kind) {
    const svg = picture(document.querySelector(".chain-canvas"));
    const text = new XMLSerializer().serializeToString(svg);
    if (kind === "svg") { window.deskFiles.save(new Blob([text], { type: "image/svg+xml" }), "chuoi-trach-nhiem.svg"); return; }
    const image = new Image();
    image.onload = function () {
      const sheet = document.createElement("canvas");
      const scale = Math.min(2, 16000 / svg.getAttribute("height"), 16000 / svg.getAttribute("width")); // sharp in print
      sheet.width = svg.getAttribute("width") * scale;
      sheet.height = svg.getAttribute("height") * scale;
      const pen = sheet.getContext("2d");
      pen.scale(scale, scale);
      pen.drawImage(image, 0, 0);
      sheet.toBlob((blob) => window.deskFiles.save(blob, "chuoi-trach-nhiem.png"), "image/png");
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  }

  function zoom(canvas) { return parseFloat(canvas.dataset.zoom || "1"); }

  function setZoom(canvas, value) {
    const factor = Math.min(2, Math.max(0.3, value));
    canvas.dataset.zoom = factor;
    canvas.style.zoom = factor;
  }

  function step(how) {
    const canvas = document.querySelector(".chain-canvas");
    const view = canvas.parentElement;
    setZoom(canvas, { in: zoom(canvas) * 1.2, out: zoom(canvas) / 1.2, fit: Math.min(1, (view.clientHeight - 30) / canvas.offsetHeight) }[how]);
  }

  document.addEventListener("wheel", function (event) {
    if (!event.ctrlKey || !event.target.closest(".chain-view")) return;
    event.preventDefault();
    step(event.deltaY < 0 ? "in" : "out");
  }, { passive: false });

  document.addEventListener("keydown", function (event) {
    const how = { "+": "in", "=": "in", "-": "out", "0": "fit" }[event.key];
    if (!how || event.ctrlKey || event.altKey || event.metaKey || !event.target.closest(".chain-view")) return;
    event.preventDefault();
    step(how);
  });

  document.addEventListener("click", function (event) {
    const file = event.target.closest("[data-picture]");
    if (file) { savePicture(file.dataset.picture); return; }
    const tool = event.target.closest("[data-zoom]");
    if (tool && tool.tagName === "BUTTON") { step(tool.dataset.zoom); return; }
    /* A card that stands for several rows shows them one after the other. */
    const card = event.target.closest(".chain .card:not(.group)");
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
