// A filled-in list of tasks comes back: it is sent as it is, and the answer is the key of the page that shows it.
(() => {
  "use strict";
  const zone = () => document.getElementById("returned-zone");
  const chooser = document.createElement("input");
  Object.assign(chooser, { type: "file", accept: ".xlsx", hidden: true, id: "returned-file" });
  document.addEventListener("DOMContentLoaded", () => document.body.append(chooser));
  chooser.addEventListener("change", () => {
    const [file] = chooser.files;
    chooser.value = ""; // the same file may be chosen again
    send(file);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("#returned-choose")) chooser.click();
  });
  document.addEventListener("dragover", (event) => {
    if (!zone() || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    zone().classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone()?.classList.remove("is-over");
  });
  document.addEventListener("drop", (event) => {
    if (!zone() || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    zone().classList.remove("is-over");
    send(event.dataTransfer.files[0]);
  });

  function say(text) {
    const line = document.getElementById("returned-said");
    if (line) line.textContent = text;
  }

  async function send(file) {
    if (!file || !zone()) return;
    const { limit, large, lost, reading } = zone().dataset;
    if (file.size > Number(limit)) { say(large); return; }
    say(reading);
    try {
      const answer = await fetch(`/nhiem-vu/nhap/tep?${new URLSearchParams({ name: file.name })}`, { method: "POST", body: file });
      const text = await answer.text();
      if (answer.ok) window.deskAddress.go(`/nhiem-vu/nhap?file=${text}`);
      else say(text);
    } catch { say(lost); }
  }
})();
