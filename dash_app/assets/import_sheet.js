// The second click on a sheet that was looked at: take it in, or drop it.
(() => {
  "use strict";
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-sheet]");
    if (!button) return;
    button.disabled = true;
    const sheet = new URLSearchParams({ sheet: button.dataset.key });
    await fetch(`/tien-do/nap/${button.dataset.sheet}?${sheet}`, { method: "POST" });
    window.dash_clientside.set_props("import_sheet-tick", { disabled: false, n_intervals: Date.now() });
  });
})();
