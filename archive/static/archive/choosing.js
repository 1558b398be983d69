"use strict";
// Who is looked for in a list that is searched while one types, and is not there, is made on the spot: the list offers
// to add what was typed, and the plus beside it has the words already. Without this script the plus opens an empty form.
(() => {
  // Which field of the form takes the words, where that is not the name.
  const FIELDS = { archivalunit: "code", collection: "title", conceptscheme: "title" };
  const typed = new WeakMap();
  let open = null;

  const plus = (select) => select?.closest(".related-widget-wrapper")?.querySelector("a.add-related[href]");

  // What the list says where it finds nothing; ``said`` is what it says without this script.
  const nothing = (said) => {
    const words = (typed.get(open) || "").trim();
    const box = document.createElement("span");
    box.textContent = said();
    if (!words || !plus(open)) return box;
    const offer = document.createElement("button");
    offer.type = "button";
    offer.className = "fonds-offer";
    offer.textContent = `Add “${words}”…`;
    const select = open;
    offer.addEventListener("click", () => make(select));
    box.append(" ", offer);
    return box;
  };

  const make = (select) => {
    window.django.jQuery(select).select2("close");
    plus(select).click();
  };

  document.addEventListener("input", (event) => {
    if (open && event.target.matches(".select2-search__field")) typed.set(open, event.target.value);
  });
  // Nobody comes to the offer with Tab, because the list closes then.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" || !open || !event.target.matches(".select2-search__field")) return;
      if (!document.querySelector(".select2-results .fonds-offer")) return;
      event.preventDefault();
      event.stopPropagation();
      make(open);
    },
    true,
  );
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a.add-related[href]");
      const select = link?.closest(".related-widget-wrapper")?.querySelector("select.admin-autocomplete");
      if (!select) return;
      const address = new URL(link.href);
      const field = FIELDS[address.pathname.split("/").at(-3)] || "name";
      const words = (typed.get(select) || "").trim();
      if (words) address.searchParams.set(field, words);
      else address.searchParams.delete(field);
      link.href = address.href;
    },
    true,
  );

  const $ = window.django?.jQuery;
  if (!$?.fn?.select2) return;
  $(document).on("select2:open", (event) => {
    open = event.target;
    typed.delete(open);
    // In each list by itself: what its language says stands before what is said for all.
    const { dict } = $(open).data("select2").options.get("translations");
    if (!dict.noResults.offers) {
      const said = dict.noResults;
      dict.noResults = Object.assign(() => nothing(said), { offers: true });
    }
  });
  $(document).on("select2:select", (event) => typed.delete(event.target));
})();
