// The desk of a document: its texts beside its page images. A line and its place on the image light up together,
// by pointer, by caret and by keyboard; the images zoom and scroll.
(function () {
  "use strict";

  const STEPS = [1, 1.25, 1.5, 2, 3, 4];
  //: Beyond this the sharper image is fetched.
  const SHARP = 1.5;

  // White space, and the sign for the end of a page.
  const BLANK = /[\s\u240c]/;

  // The words of a text with every run of white space as one blank, and where each character stands.
  function flattened(words) {
    let flat = "";
    const at = [];
    for (let i = 0; i < words.length; i += 1) {
      const blank = BLANK.test(words[i]);
      if (blank && (flat === "" || flat.endsWith(" "))) continue;
      flat += blank ? " " : words[i];
      at.push(i);
    }
    return { flat, at };
  }

  // Where each line stands in the words; null where it does not. Lines follow one another, so each is looked for
  // a little after the one before: further on, a short line would be found in the wrong place.
  function aligned(words, lines) {
    const { flat, at } = flattened(words);
    let from = 0;
    let slack = 400;
    return lines.map((line) => {
      const wanted = line.trim().replace(/\s+/g, " ");
      const found = wanted ? flat.indexOf(wanted, from) : -1;
      if (found < 0 || found > from + slack) {
        slack += wanted.length;
        return null;
      }
      from = found + wanted.length;
      slack = 400;
      return [at[found], at[from - 1] + 1];
    });
  }

  // One text of the document: a text area with its words repeated behind it, or words that are only read.
  function transcript(form) {
    const area = form.querySelector("textarea[name$='-body']");
    const shown = form.querySelector(".field-body .readonly");
    if (!area && !shown) return null;
    const key = form.querySelector("input[name$='-id']");
    const mirror = document.createElement("div");
    mirror.className = "fonds-mirror";
    if (area) {
      const frame = document.createElement("div");
      frame.className = "fonds-mirrored";
      area.before(frame);
      mirror.setAttribute("aria-hidden", "true");
      frame.append(mirror, area);
      area.addEventListener("scroll", () => (mirror.scrollTop = area.scrollTop));
    } else {
      mirror.textContent = shown.innerText;
      shown.replaceChildren(mirror);
    }
    const words = () => (area ? area.value : mirror.textContent);
    return { key: key ? key.value : "", area, mirror, words, spans: new Map() };
  }

  // Put the words behind the text area, each line in an element of its own.
  function reflect(text, buttons) {
    const words = text.words();
    const places = aligned(words, buttons.map((button) => button.getAttribute("aria-label")));
    const nodes = [];
    let done = 0;
    text.spans.clear();
    places.forEach((place, i) => {
      if (!place) return;
      const span = document.createElement("span");
      span.textContent = words.slice(place[0], place[1]);
      nodes.push(words.slice(done, place[0]), span);
      text.spans.set(buttons[i], { span, place });
      done = place[1];
    });
    // A last line break alone takes no room in an element, and one in a text area.
    text.mirror.replaceChildren(...nodes, words.slice(done) + "\n");
  }

  function open(desk) {
    const view = desk.querySelector(".fonds-images-view");
    const figures = [...desk.querySelectorAll(".fonds-image")];
    const forms = [...desk.querySelectorAll(".inline-related:not(.empty-form)")];
    const texts = forms.map(transcript).filter(Boolean);
    if (!view) return;
    const owner = new Map();
    figures.forEach((figure) => {
      const text = texts.find((each) => each.key && each.key === figure.dataset.text) || texts[0];
      figure.querySelectorAll(".fonds-line").forEach((button) => {
        const [x, y, width, height] = button.dataset.box.split(" ").map(Number);
        const share = (part, whole) => `${(100 * part) / whole}%`;
        button.style.left = share(x, figure.dataset.width);
        button.style.top = share(y, figure.dataset.height);
        button.style.width = share(width, figure.dataset.width);
        button.style.height = share(height, figure.dataset.height);
        button.hidden = false;
        if (text) owner.set(button, text);
      });
    });
    const buttons = [...view.querySelectorAll(".fonds-line")];
    const of = (text) => buttons.filter((button) => owner.get(button) === text);

    let lit = null;
    // Also after the words were put behind the text area anew, in elements that know nothing of the light.
    function lightWords() {
      if (lit) owner.get(lit)?.spans.get(lit)?.span.setAttribute("data-lit", "");
    }

    function light(button) {
      if (lit === button) return false;
      if (lit) {
        lit.removeAttribute("data-lit");
        owner.get(lit)?.spans.get(lit)?.span.removeAttribute("data-lit");
      }
      lit = button;
      if (!lit) return false;
      lit.setAttribute("data-lit", "");
      lightWords();
      return true;
    }

    // Scroll within a box, and never the page under the hands of who is typing.
    function into(box, inner, tolerance) {
      const outer = box.getBoundingClientRect();
      const rect = inner.getBoundingClientRect();
      if (rect.top < outer.top + tolerance || rect.bottom > outer.bottom - tolerance) {
        box.scrollTop += rect.top - outer.top - box.clientHeight / 3;
      }
      if (rect.left < outer.left || rect.left > outer.right) box.scrollLeft += rect.left - outer.left - 20;
    }

    function fromImage(button) {
      if (!light(button)) return;
      const text = owner.get(button);
      const found = text?.spans.get(button);
      if (found) into(text.area || text.mirror, found.span, 0);
    }

    function fromText(text, button) {
      if (button && light(button)) into(view, button, 10);
    }

    // --- from the image to the words
    view.addEventListener("pointerover", (event) => {
      if (event.target.matches(".fonds-line")) fromImage(event.target);
    });
    view.addEventListener("focusin", (event) => {
      if (!event.target.matches(".fonds-line")) return;
      buttons.forEach((button) => (button.tabIndex = button === event.target ? 0 : -1));
      fromImage(event.target);
    });
    view.addEventListener("click", (event) => {
      const text = event.target.matches(".fonds-line") && owner.get(event.target);
      const found = text && text.spans.get(event.target);
      if (!found || !text.area) return;
      // In this order: the focus lights the line at the caret.
      text.area.setSelectionRange(found.place[0], found.place[0]);
      text.area.focus({ preventScroll: false });
    });
    view.addEventListener("keydown", (event) => {
      const here = buttons.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (here >= 0 && step && buttons[here + step]) {
        buttons[here + step].focus({ preventScroll: true });
        into(view, buttons[here + step], 10);
        event.preventDefault();
      } else if (event.key === "+" || event.key === "=") zoom(1);
      else if (event.key === "-") zoom(-1);
    });
    if (buttons[0]) buttons[0].tabIndex = 0;

    // --- from the words to the image
    texts.forEach((text) => {
      const own = of(text);
      const mirror = () => reflect(text, own);
      mirror();
      const at = (caret) =>
        own.find((button) => {
          const found = text.spans.get(button);
          return found && found.place[0] <= caret && caret <= found.place[1];
        });
      const surface = text.area || text.mirror;
      surface.addEventListener("pointermove", (event) => {
        const under = document.elementsFromPoint(event.clientX, event.clientY);
        fromText(text, own.find((button) => under.includes(text.spans.get(button)?.span)));
      });
      if (!text.area) return;
      text.area.addEventListener("input", () => {
        mirror();
        lightWords();
        text.mirror.scrollTop = text.area.scrollTop;
      });
      const caret = () => fromText(text, at(text.area.selectionStart));
      ["keyup", "click", "focus", "input"].forEach((name) => text.area.addEventListener(name, caret));
    });

    // --- zoom
    const output = desk.querySelector(".fonds-images-tools output");
    let level = 0;
    function zoom(by) {
      const before = STEPS[level];
      level = by === 0 ? 0 : Math.min(STEPS.length - 1, Math.max(0, level + by));
      const middle = [view.scrollLeft + view.clientWidth / 2, view.scrollTop + view.clientHeight / 2];
      figures.forEach((figure) => {
        figure.style.width = `${100 * STEPS[level]}%`;
        const image = figure.querySelector("img");
        if (STEPS[level] >= SHARP && figure.dataset.sharp && image.getAttribute("src") !== figure.dataset.sharp) {
          image.src = figure.dataset.sharp;
        }
      });
      const ratio = STEPS[level] / before;
      view.scrollLeft = middle[0] * ratio - view.clientWidth / 2;
      view.scrollTop = middle[1] * ratio - view.clientHeight / 2;
      output.value = `${Math.round(100 * STEPS[level])}%`;
    }
    const tools = desk.querySelector(".fonds-images-tools");
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const asked = event.target.closest("[data-zoom]");
      if (asked) zoom({ in: 1, out: -1, fit: 0 }[asked.dataset.zoom]);
    });
    view.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1 : -1);
    }, { passive: false });

    // --- drag to move
    let grip = null;
    view.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      grip = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop };
    });
    window.addEventListener("pointermove", (event) => {
      if (!grip) return;
      view.scrollLeft = grip.left - (event.clientX - grip.x);
      view.scrollTop = grip.top - (event.clientY - grip.y);
    });
    window.addEventListener("pointerup", () => (grip = null));
    view.addEventListener("dragstart", (event) => event.preventDefault());
  }

  document.querySelectorAll(".fonds-desk").forEach(open);
})();
