/* Deciding: a button or form says in data-act what is decided, the server logs it (`pages/review/wiring.py`); and the
   letters that walk the queue and press its buttons. */
(function () {
  "use strict";

  function send(act) {
    window.dash_clientside.set_props("act", { data: { ...act, sent: Date.now() } });
  }

  /* The fields of a form by name, all their values; the reason stands apart. */
  function typed(form) {
    const fields = {};
    for (const field of form.querySelectorAll("input[name], select[name], textarea[name]")) {
      if (field.type === "checkbox" && !field.checked) continue;
      if (field.name !== "why") (fields[field.name] ||= []).push(field.value.trim());
    }
    return { typed: fields, why: form.querySelector("[name=why]").value };
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("button[data-act]");
    if (button) { send(JSON.parse(button.dataset.act)); return; }
    const close = event.target.closest("[data-close]");
    if (close) window.dash_clientside.set_props(close.dataset.close, { children: [] });
  });

  document.addEventListener("submit", function (event) {
    if (!event.target.matches("form.decide")) return;
    event.preventDefault();
    send({ ...JSON.parse(event.target.dataset.act), ...typed(event.target) });
  });

  function step(by) {
    const rows = [...document.querySelectorAll("#review-list tr[data-row]")];
    const next = rows[rows.findIndex((row) => row.classList.contains("selected")) + by];
    if (!next) return;
    const link = next.querySelector("a.row-link");
    link.focus({ preventScroll: true });
    link.click();
  }

  const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !document.querySelector("[data-review]")) return;
    const editing = event.target.matches("input, select, textarea");
    if (editing && (event.key !== "Escape" || !event.target.closest("form.decide"))) return;
    if (event.key === "?") {
      const help = document.querySelector(".key-help");
      if (help) help.open = !help.open;
    } else if (STEPS[event.key]) {
      if (event.target.closest(".table-scroll, .evidence-body") && event.key.startsWith("Arrow") && !event.target.matches("a.row-link")) return;
      step(STEPS[event.key]);
    } else {
      const pressed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!pressed) return;
      pressed.click();
    }
    event.preventDefault();
  });
})();
