/* The assignment matrix: the cell of the address marked, arrows from cell to cell; one cell alone takes the Tab key. */
(function () {
  "use strict";

  function cells() { return [...document.querySelectorAll("#matrix-cells .cell")]; }

  function mark(chosen) {
    for (const cell of cells()) {
      const on = cell === chosen;
      cell.classList.toggle("on", on);
      cell.tabIndex = on ? 0 : -1;
      if (on) cell.setAttribute("aria-current", "true"); else cell.removeAttribute("aria-current");
    }
  }

  /* The next cell to the side in its row; above or below, the next row's cell that stands nearest. */
  function next(cell, key) {
    const box = (one) => one.closest("td").cellIndex;
    const row = cell.closest("tr");
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const beside = [...row.querySelectorAll(".cell")];
      return beside[beside.indexOf(cell) + (key === "ArrowRight" ? 1 : -1)];
    }
    let other = row;
    do other = key === "ArrowDown" ? other.nextElementSibling : other.previousElementSibling;
    while (other && !other.querySelector(".cell"));
    const there = other ? [...other.querySelectorAll(".cell")] : [];
    return there.sort((one, two) => Math.abs(box(one) - box(cell)) - Math.abs(box(two) - box(cell)))[0];
  }

  document.addEventListener("keydown", function (event) {
    if (!event.target.matches("#matrix-cells .cell") || !/^Arrow/.test(event.key)) return;
    event.preventDefault();
    const to = next(event.target, event.key);
    if (!to) return;
    to.focus();
    to.click();
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.desk = Object.assign(window.dash_clientside.desk || {}, {
    /* The cell of the address, when it names another one than is shown. */
    cell: function (search, shown) {
      const named = new URLSearchParams(search || "").get("cell");
      const chosen = cells().find((cell) => cell.dataset.cell === named);
      if (chosen) mark(chosen);
      return !chosen || named === shown ? window.dash_clientside.no_update : named;
    },
  });
})();
