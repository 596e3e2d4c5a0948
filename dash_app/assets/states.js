/* The tasks page: boxes and the form for states, the way back, the chosen task marked. */
(function () {
  "use strict";
  const LIST = "#deadlines-list tr[data-row], .day-task[data-row]";
  const form = () => document.getElementById("deadlines-form");
  const boxes = () => [...document.querySelectorAll("input[type=checkbox][name=task]")];

  function named() { return new URLSearchParams(location.search).get("row"); }

  /* For whom the form is: the boxes that are set, else the task shown. */
  function tell() {
    if (!form()) return;
    const some = boxes().filter((box) => box.checked).length;
    const words = form().dataset;
    const whom = form().querySelector(".for-whom");
    const text = some ? words.some.replace("{n}", some) : document.querySelector("input[name=row]") ? words.one : words.none;
    if (whom.textContent !== text) whom.textContent = text; // the observer below would see no end of it
    const all = document.querySelector("input[data-all-boxes]");
    if (all) { all.checked = some > 0 && some === boxes().length; all.indeterminate = some > 0 && some < boxes().length; }
    document.querySelectorAll(LIST).forEach((line) => {
      const chosen = line.dataset.row === named();
      line.classList.toggle("selected", chosen);
      if (chosen) line.setAttribute("aria-current", "true"); else line.removeAttribute("aria-current");
    });
  }

  function say(text) { form().querySelector(".said").textContent = text; }

  function show(notice) { window.dash_clientside.set_props("notice", { children: notice }); }

  function drawAnew() {
    const query = new URLSearchParams(location.search);
    query.delete("row"); // as `asked` says it
    window.dash_clientside.set_props("asked", { data: [location.pathname, query.toString(), Date.now()] });
  }

  async function post(path, body) {
    let answer;
    try { answer = await fetch(path, { method: "POST", body }); } catch (error) { return form() && say(form().dataset.lost); }
    if (!answer.ok) {
      const ours = (answer.headers.get("Content-Type") || "").startsWith("text/plain"); // a sentence for the reader
      const text = ours ? await answer.text() : "";
      return form() && say(text || form().dataset.lost);
    }
    show(await answer.json());
    boxes().forEach((box) => { box.checked = false; });
    if (form()) {
      say("");
      form().querySelector("input[type=file]").value = "";
      nameFile();
    }
    drawAnew();
  }

  function nameFile() {
    const field = form().querySelector("input[type=file]");
    const label = form().querySelector(".file-name");
    label.dataset.empty = label.dataset.empty || label.textContent;
    label.textContent = field.files.length ? field.files[0].name : label.dataset.empty;
  }

  document.addEventListener("submit", function (event) {
    if (event.target !== form()) return;
    event.preventDefault();
    const body = new FormData(form());
    const file = body.get("proof");
    if (!body.has("task") && !body.get("row")) return say(form().dataset.choose);
    if (file && file.size > Number(form().dataset.limit)) return say(form().dataset.large);
    body.append("state", event.submitter ? event.submitter.value : "done");
    post("/nhiem-vu/trang-thai", body);
  });

  document.addEventListener("click", function (event) {
    const back = event.target.closest("[data-undo]");
    if (back) {
      const body = new FormData();
      back.dataset.undo.split(" ").forEach((id) => body.append("decision", id));
      post("/nhiem-vu/hoan-tac", body);
    }
    if (event.target.closest("#notice [data-close]")) show(null);
  });

  document.addEventListener("change", function (event) {
    if (event.target.matches("input[data-all-boxes]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches("input[type=checkbox]")) tell();
    if (form() && event.target === form().querySelector("input[type=file]")) nameFile();
  });

  window.addEventListener("popstate", function () {
    if (!form() || !document.querySelector("#notice .done-notice")) return;
    if (!location.pathname.startsWith("/nhiem-vu")) show(null);
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.desk = Object.assign(window.dash_clientside.desk || {}, {
    /* The task of the address, when it names another one than is shown. */
    task: function (search, shown) {
      const row = new URLSearchParams(search || "").get("row");
      tell();
      return row === (shown || null) ? window.dash_clientside.no_update : row;
    },
  });

  /* The page arrives after the address: tell when it does. */
  new MutationObserver(function (changes) {
    if (changes.some((change) => change.target.closest && change.target.closest("#page"))) tell();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
