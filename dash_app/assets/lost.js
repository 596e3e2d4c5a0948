/* A program that has ended answers nothing, and Dash says nothing of it: the window tells, until an answer comes. */
(function () {
  "use strict";
  const ask = window.fetch;
  let leaving = false; // what is still under way when the page goes ends without an answer

  function tell(lost) {
    const box = document.getElementById("lost");
    if (box && !leaving) box.hidden = !lost;
  }

  window.addEventListener("beforeunload", () => { leaving = true; });

  window.fetch = async function (what, how) {
    if (!String(what.url || what).includes("_dash-update-component")) return ask(what, how);
    try {
      const answer = await ask(what, how);
      tell(!answer.ok);
      return answer;
    } catch (error) {
      tell(true);
      throw error;
    }
  };
})();
