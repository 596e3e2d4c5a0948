/* A small calendar under a date field; its words come with the field, Monday is the first day. */
(function () {
  "use strict";
  let open = null;

  function two(number) { return String(number).padStart(2, "0"); }
  function written(date) { return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`; }
  function day(year, month, date) { return new Date(Date.UTC(year, month, date)); }

  function close() { if (open) { open.remove(); open = null; } }

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  /* The field belongs to React: its own setter and an input event make the change known to it. */
  function choose(field, text) {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    if (field.form && field.form.matches(".ask")) window.deskAddress.ask(field.form);
  }

  function show(box, field, year, month) {
    const words = box.dataset;
    const iso = window.deskAddress.isoDay(field.value);
    const now = new Date();
    const today = day(now.getFullYear(), now.getMonth(), now.getDate());
    const months = element("select", { ariaLabel: words.months });
    words.months.split(",").forEach((name, index) => months.append(element("option", { value: index, textContent: name, selected: index === month })));
    const years = element("input", { type: "number", value: year, min: 1945, max: 2100 });
    const move = (step) => show(box, field, day(year, month + step, 1).getUTCFullYear(), day(year, month + step, 1).getUTCMonth());
    months.onchange = () => show(box, field, year, Number(months.value));
    years.onchange = () => show(box, field, Number(years.value) || year, month);
    const back = element("button", { type: "button", className: "icon-button", ariaLabel: words.back, onclick: () => move(-1) }, element("span", { className: "icon icon-back" }));
    const on = element("button", { type: "button", className: "icon-button", ariaLabel: words.on, onclick: () => move(1) }, element("span", { className: "icon icon-next" }));
    const days = element("div", { className: "days" });
    words.days.split(",").forEach((name) => days.append(element("span", { textContent: name })));
    const first = day(year, month, 1);
    const shift = (first.getUTCDay() + 6) % 7;
    for (let index = 0; index < 42; index += 1) {
      const date = day(year, month, 1 - shift + index);
      if (index >= 35 && date.getUTCMonth() !== month) break;
      const cell = element("button", { type: "button", textContent: date.getUTCDate(), ariaLabel: written(date), onclick: () => choose(field, written(date)) });
      if (date.getUTCMonth() !== month) cell.className = "other";
      if (date.getTime() === today.getTime()) cell.setAttribute("aria-current", "date");
      cell.setAttribute("aria-pressed", date.toISOString().slice(0, 10) === iso ? "true" : "false");
      days.append(cell);
    }
    const foot = element("footer", {},
      element("button", { type: "button", textContent: words.today, onclick: () => choose(field, written(today)) }),
      element("button", { type: "button", textContent: words.clear, onclick: () => choose(field, "") }));
    close();
    open = element("div", { className: "calendar", role: "dialog" }, element("header", {}, back, element("span", {}, months, " ", years), on), days, foot);
    box.append(open);
    (open.querySelector("[aria-pressed=true]") || open.querySelector(".days button")).focus({ preventScroll: true });
  }

  document.addEventListener("click", function (event) {
    const opener = event.target.closest("[data-calendar]");
    if (opener) {
      const box = opener.closest(".date-field");
      if (open && box.contains(open)) { close(); return; }
      const field = box.querySelector("label input");
      const iso = window.deskAddress.isoDay(field.value);
      const from = iso ? new Date(iso) : new Date();
      show(box, field, from.getUTCFullYear(), from.getUTCMonth());
    } else if (open && event.target.isConnected && !open.contains(event.target)) close();
  });

  document.addEventListener("keydown", function (event) {
    if (!open) return;
    if (event.key === "Escape") { const box = open.parentElement; close(); box.querySelector("[data-calendar]").focus(); return; }
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (!step || !event.target.closest(".days")) return;
    event.preventDefault();
    const cells = [...open.querySelectorAll(".days button")];
    const next = cells[cells.indexOf(event.target) + step];
    if (next) next.focus();
  });
})();
