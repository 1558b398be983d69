"use strict";
// Shows the columns of a sample as soon as it is chosen, and after each change what its first rows would come to.
// Nothing is kept. Without this, "Save and continue editing" with a sample shows its columns.
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("#columnmapping_form");
    const sample = form?.querySelector("[name=sample]");
    if (!sample) return;
    let latest = 0;

    const check = async (event) => {
      if (!sample.files.length || !form.contains(event.target)) return;
      const asked = ++latest;
      try {
        const answer = await fetch(document.getElementById("fonds-columns").dataset.check, { method: "POST", body: new FormData(form), credentials: "same-origin" });
        if (!answer.ok || answer.redirected || asked !== latest) return;
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        const columns = fresh.getElementById("fonds-columns");
        const told = [...fresh.querySelectorAll("#fonds-check")].pop();
        if (event.target === sample && columns) document.getElementById("fonds-columns").replaceWith(document.adoptNode(columns));
        if (told) document.getElementById("fonds-check").replaceWith(document.adoptNode(told));
      } catch {
        // The server does not answer: the next change asks again, and saving checks all the same.
      }
    };

    form.addEventListener("change", check);
  });
})();
