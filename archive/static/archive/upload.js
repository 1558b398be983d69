"use strict";
// Says before anything is sent that files are too many or too large: all of them would travel first, and be refused then.
(() => {
  const input = document.querySelector("input[type=file][data-most]");
  if (!input) return;
  const { most, largest } = input.dataset;
  const told = document.createElement("div");
  told.setAttribute("role", "alert");
  input.before(told);

  const wrong = (files) => {
    const found = files
      .filter((file) => file.size > Number(largest))
      .map((file) => `${file.name} has ${file.size.toLocaleString("en")} bytes; this site takes at most ${Number(largest).toLocaleString("en")}.`);
    if (files.length > Number(most)) {
      found.unshift(`These are ${files.length} files; at most ${most} can be sent at once. Pack them into a ZIP file, which may hold more.`);
    }
    return found;
  };

  const look = () => {
    const found = wrong([...input.files]);
    const list = document.createElement("ul");
    list.className = "errorlist";
    list.append(...found.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
    told.replaceChildren(...(found.length ? [list] : []));
    input.setAttribute("aria-invalid", String(found.length > 0));
    return found.length === 0;
  };

  input.addEventListener("change", look);
  input.form.addEventListener("submit", (event) => {
    if (look()) return;
    event.preventDefault();
    input.focus();
  });
})();
