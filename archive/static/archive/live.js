"use strict";
// Keeps a page of work up to date while a worker is at it: fetches the same page, and puts its live part in the
// place of the old one. Stops when the work is done, and waits while nobody looks or somebody is at a control.
(() => {
  const INTERVAL = 2000;
  const live = () => document.getElementById("fonds-live");

  const look = async () => {
    const old = live();
    if (!old || !("inWork" in old.dataset)) return;
    if (!document.hidden && !old.contains(document.activeElement)) {
      try {
        const answer = await fetch(location.href, { credentials: "same-origin" });
        if (answer.ok && !answer.redirected) {
          const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("fonds-live");
          if (fresh) old.replaceWith(document.adoptNode(fresh));
        }
      } catch {
        // The server does not answer: the next look may find it again.
      }
    }
    setTimeout(look, INTERVAL);
  };

  setTimeout(look, INTERVAL);
})();
