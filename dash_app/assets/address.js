/* The address is the state: links and forms change it without loading the page again; back, reload and pasted links work. */
(function () {
  "use strict";

  function go(href) {
    const target = new URL(href, location.href);
    if (target.href === location.href) return;
    history.pushState({}, "", target);
    window.dispatchEvent(new PopStateEvent("popstate"));
  }

  function isoDay(text) {
    const found = /^\s*(\d{1,2})[\/.\-](\d{1,2})[\/.\-](\d{4})\s*$/.exec(text);
    if (!found) return null;
    const [day, month, year] = found.slice(1).map(Number);
    const date = new Date(Date.UTC(year, month - 1, day));
    if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
    return date.toISOString().slice(0, 10);
  }

  /* A question: its fields by name, the values it keeps, days as YYYY-MM-DD. A day that is none is pointed out. */
  function ask(form) {
    const query = new URLSearchParams();
    for (const name of form.getAttributeNames()) {
      if (name.startsWith("data-keep-")) query.set(name.slice(10), form.getAttribute(name));
    }
    for (const field of form.querySelectorAll("input[name], select[name]")) {
      const text = field.value.trim();
      if (!text) { query.delete(field.name); continue; }
      const box = field.closest(".date-field");
      if (!box) { query.set(field.name, text); continue; }
      const day = isoDay(text);
      field.parentElement.classList.toggle("wrong", !day);
      field.setCustomValidity(day ? "" : box.dataset.bad);
      if (!day) { field.reportValidity(); return; }
      if (text !== box.dataset.default) query.set(field.name, day);
    }
    const text = query.toString().replace(/%3A/g, ":").replace(/%2F/g, "/").replace(/\+/g, "%20");
    go(form.getAttribute("action") + (text ? "?" + text : ""));
  }

  function remember(name, value) {
    document.cookie = `ntmgraph-${name}=${value}; path=/; max-age=31536000; SameSite=Strict`;
  }

  document.addEventListener("click", function (event) {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const lang = event.target.closest("button[data-lang]");
    if (lang) { remember("lang", lang.dataset.lang); location.reload(); return; }
    if (event.target.closest("button[data-theme-switch]")) {
      const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
      document.documentElement.dataset.theme = theme;
      remember("theme", theme);
      return;
    }
    const look = event.target.closest("button[data-look]"); // "theme=dark", "text=130"
    if (look) {
      const [name, value] = look.dataset.look.split("=");
      document.documentElement.dataset[name] = value;
      remember(name, value);
      for (const other of look.parentElement.children) other.setAttribute("aria-pressed", String(other === look));
      return;
    }
    let anchor = event.target.closest("a[href]");
    if (!anchor) {
      if (event.target.closest("input, label, button")) return;
      const row = event.target.closest("tr.leads");
      if (!row || String(getSelection())) return;
      anchor = row.querySelector("a.row-link");
    }
    if (anchor.dataset.reload) { event.preventDefault(); location.reload(); return; }
    if (anchor.target || anchor.hasAttribute("download") || anchor.dataset.out || anchor.origin !== location.origin) return;
    event.preventDefault();
    go(anchor.href);
    if (anchor.closest(".choices")) document.activeElement.blur();
  });

  document.addEventListener("submit", function (event) {
    if (!event.target.matches("form.ask")) return;
    event.preventDefault();
    ask(event.target);
  });

  /* What was wrong is being mended: a field that stays invalid would keep its form from being sent. */
  document.addEventListener("input", function (event) {
    if (!event.target.closest(".date-field")) return;
    event.target.setCustomValidity("");
    event.target.parentElement.classList.remove("wrong");
  });

  document.addEventListener("change", function (event) {
    if (event.target.matches("select[data-ask]")) ask(event.target.form);
  });

  window.deskAddress = { go, ask, isoDay };
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.desk = Object.assign(window.dash_clientside.desk || {}, {
    /* The address without what its page handles itself; nothing when that has not changed. */
    asked: function (pathname, search, light, before) {
      // What failed or was refused belongs to the address it happened at.
      if (document.querySelector("#notice > :is(.failed, .refused)")) window.dash_clientside.set_props("notice", { children: [] });
      const query = new URLSearchParams(search || "");
      for (const name of light[pathname] || []) query.delete(name);
      const now = [pathname, query.toString()];
      const same = before && before[0] === now[0] && before[1] === now[1];
      return same ? window.dash_clientside.no_update : now;
    },
    title: function () {
      const page = document.querySelector(".page[data-title]");
      if (page) document.title = page.dataset.title + " · " + document.body.dataset.brand;
      const chosen = document.querySelector(".paper mark");
      if (chosen) chosen.scrollIntoView({ block: "center" });
      const queued = document.querySelector("[data-review] tr.selected");
      if (queued) queued.scrollIntoView({ block: "nearest" });
      const outlined = document.querySelector(".page-picture .outline");
      if (outlined) outlined.scrollIntoView({ block: "center" });
      return window.dash_clientside.no_update;
    },
  });
})();
