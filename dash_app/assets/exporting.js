/* A file that a page asks for: told of while it is made, stopped where nobody waits for it, then saved. */
(function () {
  "use strict";
  let current = null; // what is being made: its key, and how to stop waiting

  const box = () => document.getElementById("exporting");

  function tell(text, over) {
    const told = box();
    told.hidden = false;
    told.querySelector("p").textContent = text;
    told.querySelector("progress").hidden = over;
    told.querySelector("button").textContent = over ? told.dataset.leave : told.dataset.stop;
  }

  function count({ done, total }) {
    if (!total) return;
    const number = (value) => value.toLocaleString(box().dataset.language);
    tell(box().dataset.lines.replace("{done}", number(done)).replace("{total}", number(total)), false);
    Object.assign(box().querySelector("progress"), { max: total, value: done });
  }

  async function watch(making) {
    while (current === making) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      if (current !== making) return;
      const answer = await fetch(`/xuat/dang-tao/${making.key}`).catch(() => null);
      if (answer && answer.ok && current === making) count(await answer.json());
    }
  }

  function save(blob, name) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function nameOf(answer) {
    const said = answer.headers.get("Content-Disposition") || "";
    const coded = /filename\*=UTF-8''([^;]+)/i.exec(said);
    const plain = /filename="?([^";]+)"?/i.exec(said);
    return coded ? decodeURIComponent(coded[1]) : plain ? plain[1] : "ntmgraph";
  }

  async function make(href) {
    if (current) stop();
    const making = { key: crypto.randomUUID(), waiting: new AbortController() };
    current = making;
    box().querySelector("progress").removeAttribute("value");
    tell(box().dataset.making, false);
    watch(making);
    try {
      const answer = await fetch(href, { headers: { "X-Export": making.key }, signal: making.waiting.signal });
      const content = answer.ok ? await answer.blob() : await answer.text();
      if (current !== making) return;
      if (answer.ok) { save(content, nameOf(answer)); box().hidden = true; } else tell(content, true);
    } catch (error) {
      if (current === making) tell(box().dataset.failed, true);
    }
    if (current === making) current = null;
  }

  function stop() {
    const { key, waiting } = current;
    current = null;
    fetch(`/xuat/dang-tao/${key}`, { method: "POST" }).catch(() => null);
    waiting.abort();
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-export=stop]")) {
      if (current) stop();
      box().hidden = true;
      return;
    }
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-out][href^='/xuat/']");
    if (!link) return;
    event.preventDefault();
    const menu = link.closest("details");
    if (menu) menu.open = false;
    make(link.getAttribute("href"));
  });

  window.deskFiles = { save };
})();
