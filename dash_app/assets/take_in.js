// Take in: files chosen or dropped are copied to the program one by one, then read there.
// Dash's own upload would turn each file into base64 in the page; this streams it.
(() => {
  "use strict";
  const zone = () => document.getElementById("take_in-zone");
  const chooser = input("take_in-files");
  const folders = input("take_in-folder");
  folders.webkitdirectory = true;

  function input(id) {
    const made = document.createElement("input");
    Object.assign(made, { type: "file", multiple: true, hidden: true, id });
    document.addEventListener("DOMContentLoaded", () => document.body.append(made));
    made.addEventListener("change", () => {
      const found = [...made.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
      made.value = ""; // the same file may be chosen again
      send(found.filter(meant));
    });
    return made;
  }

  // What systems and open programs leave in a folder is nobody's document; a file chosen by itself is meant.
  function meant({ name }) {
    const [last, ...above] = name.split("/").reverse();
    return !above.length || !/^(\.|~\$|thumbs\.db$|desktop\.ini$)/i.test(last);
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("#take_in-choose")) chooser.click();
    if (event.target.closest("#take_in-choose-folder")) folders.click();
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
    const most = Number(zone().dataset.most);
    const found = [];
    for (const entry of entries) await filesIn(entry, found, most);
    send(found.filter(meant));
  });

  // The files of a dropped folder and its sub-folders, until there are too many. A folder hands out its entries in
  // portions.
  async function filesIn(entry, found, most) {
    if (found.length > most) return;
    if (entry.isFile) {
      const file = await new Promise((got, failed) => entry.file(got, failed));
      found.push({ file, name: entry.fullPath.replace(/^\//, "") });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const portion = await new Promise((got, failed) => reader.readEntries(got, failed));
      if (!portion.length) return;
      for (const each of portion) await filesIn(each, found, most);
    }
  }

  async function send(files) {
    if (!files.length) return;
    const { limit, most, tooMany } = zone().dataset;
    if (files.length > Number(most)) {
      show(null, tooMany);
      return;
    }
    const fits = ({ file }) => file.size <= Number(limit);
    const batch = crypto.randomUUID();
    const fitting = files.filter(fits);
    const tooLarge = files.filter((file) => !fits(file)).map(({ name }) => name);
    let failure = "";
    try {
      for (const [index, { file, name }] of fitting.entries()) {
        await post("/nap/tep", { batch, name }, file, (share) => {
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
