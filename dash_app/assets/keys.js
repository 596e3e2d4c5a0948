/* The keyboard: Ctrl+K to the search field, arrows in suggestions and tables, Space on switches, Escape. */
(function () {
  "use strict";

  function offered(field) {
    const box = field.closest(".combobox");
    return box ? [...box.querySelectorAll(".choice")] : [];
  }

  function point(field, options, index) {
    options.forEach((option, at) => option.setAttribute("aria-selected", at === index ? "true" : "false"));
    if (!options[index]) return;
    options[index].id = options[index].id || field.id + "-" + index;
    field.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  }

  function inCombobox(event, field) {
    const options = offered(field);
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length) return;
      event.preventDefault();
      const next = event.key === "ArrowDown" ? at + 1 : (at < 0 ? options.length : at) - 1;
      point(field, options, (next + options.length) % options.length);
    } else if (event.key === "Enter" && options.length) {
      if (at < 0 && field.form) return; /* what was typed is asked, not guessed at */
      event.preventDefault();
      (options[at] || options[0]).click();
    } else if (event.key === "Escape") {
      field.blur();
    }
  }

  function inTable(event, link) {
    const rows = [...link.closest("tbody").querySelectorAll("a.row-link")];
    const next = rows[rows.indexOf(link) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.click();
  }

  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      const find = document.getElementById("find-text");
      find.focus();
      find.select();
      return;
    }
    const target = event.target;
    if (target.matches(".combobox input")) inCombobox(event, target);
    else if (target.matches("a.row-link") && /^Arrow(Up|Down)$/.test(event.key)) inTable(event, target);
    else if (target.matches("a.row-link") && event.key === " ") {
      const box = target.closest("tr").querySelector("input[type=checkbox]");
      if (box) { event.preventDefault(); box.click(); }
    }
    else if (target.matches("[role=switch]") && event.key === " ") { event.preventDefault(); target.click(); }
  });

  /* A menu of files closes as menus do: by a choice, by Escape, by a click beside it. */
  function closeMenus(except) {
    document.querySelectorAll("details.export[open]").forEach((menu) => { if (menu !== except) menu.open = false; });
  }
  document.addEventListener("click", (event) => closeMenus(event.target.closest("a") ? null : event.target.closest("details.export")));
  document.addEventListener("keydown", function (event) {
    const menu = event.key === "Escape" && event.target.closest("details.export[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  /* What is typed is told after a pause; the field itself stays the reader's own. */
  let told;
  document.addEventListener("input", function (event) {
    const field = event.target;
    if (!field.matches(".combobox input")) return;
    clearTimeout(told);
    told = setTimeout(() => window.dash_clientside.set_props(field.id.replace(/-text$/, "-typed"), { data: field.value }), 120);
  });

  document.addEventListener("focusin", function (event) {
    if (!event.target.matches(".combobox input")) return;
    const list = event.target.closest(".combobox").querySelector(".choices");
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "true"], ["aria-autocomplete", "list"], ["aria-controls", list.id]]) event.target.setAttribute(name, value);
  });
})();
