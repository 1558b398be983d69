"use strict";
// Gives a name to what Django's own templates leave without one: the cells of tables in which rows are edited, the
// lists that are searched while one types, the box for searching. And lets the keyboard scroll whatever scrolls.
// Done here and not in templates of our own, which would be copies of Django's and grow old with each version.
(() => {
  const text = (element) => element.textContent.replace(/\s+/g, " ").trim();

  // A control in a table has its column for a label, which only the eye can tell.
  const cells = (table) => {
    const heads = [...table.querySelectorAll("thead th")];
    heads.filter((head) => !text(head)).forEach((head) => head.setAttribute("role", "presentation"));
    table.querySelectorAll("tbody tr.form-row:not(.empty-form)").forEach((row, number) => {
      [...row.cells].forEach((cell) => {
        const name = `${text(heads[cell.cellIndex] || cell)}, row ${number + 1}`;
        cell.querySelectorAll("input:not([type=hidden]), select, textarea").forEach((control) => {
          control.setAttribute("aria-label", name);
        });
      });
    });
  };

  // Select2 says what is chosen, and not in which field.
  const choice = (select) => {
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    if (!box) return;
    const label = select.getAttribute("aria-label") || text(select.labels[0] || select).replace(/:$/, "");
    if (select.multiple) {
      box.setAttribute("aria-label", label);
      box.querySelector(".select2-search__field")?.setAttribute("aria-label", label);
      return;
    }
    const chosen = box.querySelector(".select2-selection__rendered");
    let name = box.querySelector(".fonds-name");
    if (!name) {
      name = document.createElement("span");
      name.className = "fonds-name visually-hidden";
      name.id = `${chosen.id}-name`;
      box.prepend(name);
      chosen.removeAttribute("role");
      chosen.removeAttribute("aria-readonly");
    }
    name.textContent = label;
    box.setAttribute("aria-labelledby", `${name.id} ${chosen.id}`);
  };

  const SCROLLS = ".results, .tabular.inline-related, .fonds-table, .fonds-words, .fonds-dashboard .module";
  const scrolling = () => {
    document.querySelectorAll(SCROLLS).forEach((box) => {
      const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
      if (scrolls) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  };

  const all = () => {
    document.querySelectorAll(".tabular table").forEach(cells);
    document.querySelectorAll("select.admin-autocomplete").forEach(choice);
    scrolling();
  };

  document.getElementById("searchbar")?.setAttribute("aria-label", "Search");
  document.querySelectorAll("#changelist-filter a").forEach((link) => {
    if (!text(link)) link.textContent = "none";
  });
  // Its cross would take everything away at once; each of the chosen has a cross of its own.
  document.querySelectorAll("select.admin-autocomplete[multiple]").forEach((select) => {
    select.dataset.allowClear = "false";
  });

  // After the scripts of Django, whose turn comes when jQuery says so.
  const ready = window.django?.jQuery || ((then) => then());
  ready(all);
  window.addEventListener("load", scrolling);
  window.addEventListener("resize", scrolling);
  ["formset:added", "formset:removed"].forEach((name) => document.addEventListener(name, () => setTimeout(all)));
})();
