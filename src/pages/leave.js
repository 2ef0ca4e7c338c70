// "Leave quickly": what is on the screen goes at once, the session ends, and this page's place in the browser's history
// is taken by an empty one. By the button, or by pressing Shift three times. Without it the button does the same a
// little slower, and leaves the page in the history.
"use strict";
(() => {
  const form = document.querySelector("form[data-leave]");
  if (!form) return;

  function leave() {
    document.title = "\u200b";
    document.body.replaceChildren();
    // Goes on by itself when the page is gone.
    fetch(form.action, { method: "POST", keepalive: true, credentials: "same-origin", redirect: "manual" }).catch(() => {});
    location.replace(form.action);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = [];
  addEventListener("keyup", (event) => {
    const now = Date.now();
    presses = event.key === "Shift" ? [...presses.filter((at) => now - at < 3000), now] : [];
    if (presses.length === 3) leave();
  });
})();
