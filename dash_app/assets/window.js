/* The program's own window: it asks where the program stands, tells what is wrong, and says what its buttons do. */
(function () {
  "use strict";

  const home = document.body.dataset.window;
  if (!home) return; /* a plain browser on `ntmgraph serve` */
  const shown = document.body.dataset.phase; /* undefined on the pages of the desk */
  const MOST_SILENT = 3;
  let silent = 0, busy = false, over = false, asked = false, crashed = "", ended = "";

  function band(id, role) {
    let found = document.getElementById(id);
    if (!found) {
      found = document.createElement("div");
      found.id = id;
      found.setAttribute("role", role);
      let all = document.getElementById("window-bands");
      if (!all) {
        all = document.createElement("div");
        all.id = "window-bands";
        document.body.append(all);
      }
      all.append(found);
    }
    return found;
  }

  function tell(id, role, texts, button) {
    if (!texts.length && !document.getElementById(id)) return;
    const to = band(id, role);
    if (to.dataset.said === texts.join("\n")) return; /* not to be read aloud again */
    to.dataset.said = texts.join("\n");
    to.replaceChildren(...texts.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
    if (button && texts.length) to.append(button);
  }

  function show(state) {
    busy = state.busy;
    [crashed, ended] = [state.crashed, state.ended];
    if (state.phase === "ended") return end(state.ended);
    if (!shown && state.phase !== "ready") return location.assign(home);
    if (shown && state.phase !== shown) return location.replace(state.phase === "ready" ? state.start : home);
    const progress = document.querySelector("body.gate progress");
    if (progress && state.total) {
      progress.max = state.total;
      progress.value = state.done;
      document.getElementById("window-progress").textContent = state.progress;
    }
    tell("window-notices", "alert", state.notices);
    if (state.in_tab && shown !== "ready") {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: state.end });
      button.dataset.windowAct = "ket-thuc";
      tell("window-tab", "status", [state.in_tab], button);
    }
  }

  function end(text) {
    over = true;
    busy = false;
    if (text) tell("window-notices", "alert", [text]);
  }

  async function look() {
    if (over) return;
    try {
      const answer = await fetch(home + "/trang-thai", { cache: "no-store" });
      const state = await answer.json();
      silent = 0;
      show(state);
    } catch (error) {
      silent += 1;
      if (silent >= MOST_SILENT) return end(asked ? ended : crashed);
    }
    setTimeout(look, shown && shown !== "ready" ? 250 : 2000);
  }

  document.addEventListener("click", async function (event) {
    const button = event.target.closest("button[data-window-act]");
    if (!button) return;
    const typed = button.dataset.windowWith ? document.getElementById(button.dataset.windowWith).value : "";
    busy = false; /* who presses this was told what it stops */
    asked = button.dataset.windowAct === "ket-thuc";
    button.disabled = true;
    try {
      const answer = await fetch(home + "/" + button.dataset.windowAct, { method: "POST", body: typed });
      const said = await answer.text();
      if (said) tell("window-said", "alert", [said]);
      else if (shown && !asked && button.dataset.windowAct !== "chon") location.replace(home);
    } finally {
      button.disabled = false;
    }
  });

  window.addEventListener("beforeunload", function (event) {
    if (busy && !shown) event.preventDefault(); /* the browser asks whether to leave */
  });

  look();
})();
