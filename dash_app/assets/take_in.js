// Take in: files chosen or dropped are copied to the program one by one, then read there.
// Dash's own upload would turn each file into base64 in the page; this streams it.
(() => {
  "use strict";
  const zone = () => document.getElementById("take_in-zone");
  const chooser = document.createElement("input");
  Object.assign(chooser, { type: "file", multiple: true, hidden: true, id: "take_in-files" });
  document.addEventListener("DOMContentLoaded", () => document.body.append(chooser));
  chooser.addEventListener("change", () => {
    const files = [...chooser.files];
    chooser.value = ""; // the same file may be chosen again
    send(files);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("#take_in-choose")) chooser.click();
  });
  document.addEventListener("dragover", (event) => {
    if (!zone() || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault(); // else the browser would open the file in place of the program
    zone().classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone()?.classList.remove("is-over");
  });
  document.addEventListener("drop", async (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    if (!zone()) return;
    zone().classList.remove("is-over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    send((await Promise.all(entries.map(filesIn))).flat());
  });

  // The files of a dropped folder and its sub-folders. A folder hands out its entries in portions.
  async function filesIn(entry) {
    if (entry.isFile) return [await new Promise((found, failed) => entry.file(found, failed))];
    const reader = entry.createReader();
    const entries = [];
    for (;;) {
      const portion = await new Promise((found, failed) => reader.readEntries(found, failed));
      if (!portion.length) break;
      entries.push(...portion);
    }
    return (await Promise.all(entries.map(filesIn))).flat();
  }

  async function send(files) {
    if (!files.length) return;
    const { limit, archiveLimit } = zone().dataset;
    const fits = (file) => file.size <= Number(/\.zip$/i.test(file.name) ? archiveLimit : limit);
    const batch = crypto.randomUUID();
    const fitting = files.filter(fits);
    const tooLarge = files.filter((file) => !fits(file)).map((file) => file.name);
    let failure = "";
    try {
      for (const [index, file] of fitting.entries()) {
        await post("/nap/tep", { batch, name: file.name }, file, (share) => {
          show((index + share) / fitting.length, zone()?.dataset.copying);
        });
      }
    } catch (error) {
      failure = error.message; // what was copied before is read all the same
    }
    try {
      const start = new URLSearchParams({ batch });
      tooLarge.forEach((name) => start.append("too_large", name));
      await post(zone()?.dataset.start ?? "/nap/bat-dau", start, null, () => {});
    } catch (error) {
      failure ||= error.message;
    }
    show(null, failure);
    // The page looks again for what the job says; it may have been left and opened anew meanwhile.
    if (zone()) window.dash_clientside.set_props(zone().dataset.tick ?? "take_in-tick", { disabled: false });
  }

  function post(path, values, body, moved) {
    const lost = zone()?.dataset.lost ?? "";
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.open("POST", `${path}?${new URLSearchParams(values)}`);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.upload.addEventListener("progress", (event) => moved(event.loaded / event.total));
      request.addEventListener("load", () => (request.status < 300 ? done() : failed(new Error(request.responseText))));
      request.addEventListener("error", () => failed(new Error(lost)));
      request.send(body);
    });
  }

  // Copying: a share of 0 to 1, or null when over; the text says what happens or what went wrong.
  function show(share, text) {
    const line = document.getElementById("take_in-copying");
    if (!line) return;
    line.hidden = share === null && !text;
    line.querySelector("progress").hidden = share === null;
    line.querySelector("progress").value = share ?? 0;
    line.querySelector("span").textContent = text ?? "";
  }
})();
