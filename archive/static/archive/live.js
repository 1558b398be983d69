"use strict";
// Keeps a page of work up to date while a worker is at it: fetches the same page, and puts its live part in the
// place of the old one. Tells how far the work is to who hears the page. Stops when the work is done, and rests
// while nobody looks.
(() => {
  const INTERVAL = 2000;
  const live = () => document.getElementById("fonds-live");

  // Outside the live part: a region that came with its words in it would not be read out.
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "visually-hidden";
  live()?.after(status);

  const tell = (part) => {
    const words = part.dataset.told || "";
    if (status.textContent !== words) status.textContent = words;
  };

  // What stands for a control in another state of the page: where it leads, or what it sends where.
  const key = (control) => [control.tagName, control.getAttribute("href"), control.form?.getAttribute("action")].join();

  // Put the new part in the place of the old one, and the focus where it was. If what has it is gone from the new
  // part, the old one stays until the focus is elsewhere.
  const replace = (old, fresh) => {
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    const again = held && [...fresh.querySelectorAll("a, button, [tabindex]")].find((each) => key(each) === key(held));
    if (held && !again) return;
    old.replaceWith(fresh);
    again?.focus({ preventScroll: true });
  };

  const look = async () => {
    const old = live();
    if (!old || !("inWork" in old.dataset)) return;
    if (!document.hidden) {
      try {
        const answer = await fetch(location.href, { credentials: "same-origin" });
        if (answer.ok && !answer.redirected) {
          const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("fonds-live");
          if (fresh) {
            tell(fresh);
            replace(old, document.adoptNode(fresh));
          }
        }
      } catch {
        // The server does not answer: the next look may find it again.
      }
    }
    setTimeout(look, INTERVAL);
  };

  setTimeout(look, INTERVAL);
})();
