// Dublin Core statements: rows are added, moved and removed in place. What is sent is the same as without this script.
(function () {
  "use strict";

  function place(list) {
    Array.from(list.children).forEach((row, at) => {
      row.querySelector("input[name$='-place']").value = at + 1;
    });
  }

  function settle(field) {
    const list = field.querySelector("ol");
    const status = field.querySelector("[role='status']");
    const blank = field.querySelector("template");
    let next = list.children.length;

    function dress(row) {
      row.querySelector(".fonds-place").hidden = true;
      row.querySelector(".fonds-remove").hidden = true;
      row.querySelector(".fonds-moves").hidden = false;
    }

    function add() {
      const row = blank.content.firstElementChild.cloneNode(true);
      row.querySelectorAll("[name]").forEach((input) => {
        input.name = input.name.replace("__row__", next);
      });
      next += 1;
      dress(row);
      list.append(row);
      place(list);
      row.querySelector("select").focus();
    }

    function move(row, button) {
      const up = button.dataset.move === "-1";
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      if (up) other.before(row);
      else other.after(row);
      place(list);
      button.focus();
      status.textContent = `Place ${Array.from(list.children).indexOf(row) + 1} of ${list.children.length}`;
    }

    function remove(row) {
      const near = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      place(list);
      (near ? near.querySelector("select") : field.querySelector("[data-add]")).focus();
      status.textContent = "Removed";
    }

    list.querySelectorAll("[data-blank]").forEach((row) => row.remove());
    Array.from(list.children).forEach(dress);
    place(list);
    field.querySelector("[data-add]").hidden = false;
    field.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const row = button.closest("li");
      if ("add" in button.dataset) add();
      else if ("move" in button.dataset) move(row, button);
      else if ("remove" in button.dataset) remove(row);
    });
  }

  document.querySelectorAll(".fonds-statements").forEach((field) => {
    if (field.querySelector("ol")) settle(field);
  });
})();
