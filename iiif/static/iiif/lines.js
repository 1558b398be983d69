// Lines: the transcript on the page and the lines on its page images, each found from the other.
//
// The transcript stays as it is: a line is a range of its text, lit by the browser's own highlights. Where lines
// stand in it is found by their letters, without blanks, because typeset pages break lines where the text does not.
import { place } from "./content-state.js";

const letters = (text) => text.replace(/\s+/gu, "");

// The text of a section, and for each of its letters where it stands.
class Transcript {
  constructor(element) {
    this.element = element;
    this.nodes = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) this.nodes.push(walker.currentNode);
    this.letters = "";
    this.places = [];
    for (const node of this.nodes) {
      for (let at = 0; at < node.data.length; at += 1) {
        if (/\s/u.test(node.data[at])) continue;
        this.letters += node.data[at];
        this.places.push([node, at]);
      }
    }
    this.read = 0;
  }

  // The stretch of letters that a line is, looked for behind the line before it.
  find(text) {
    const wanted = letters(text);
    if (!wanted) return null;
    const start = this.letters.indexOf(wanted, this.read);
    if (start < 0) return null;
    this.read = start + wanted.length;
    return [start, this.read];
  }

  range([start, end]) {
    const range = document.createRange();
    range.setStart(...this.places[start]);
    const [node, at] = this.places[end - 1];
    range.setEnd(node, at + 1);
    return range;
  }

  // The number of the letter at a point of the window, or before it.
  letterAt(x, y) {
    const caret = document.caretPositionFromPoint?.(x, y) ?? document.caretRangeFromPoint?.(x, y);
    const node = caret?.offsetNode ?? caret?.startContainer;
    const offset = caret?.offset ?? caret?.startOffset;
    if (!this.nodes.includes(node)) return -1;
    const index = this.places.findIndex(([each, at]) => each === node && at >= offset);
    return index < 0 ? this.places.findLastIndex(([each]) => each === node) : index;
  }
}

// The lines of a document, fetched page by page in their order, as far as they are asked for.
export class Lines {
  constructor(manifest, sections) {
    this.transcripts = sections.map((element) => new Transcript(element));
    this.pages = (manifest.items ?? []).flatMap((canvas) => (canvas.annotations ?? []).map((page) => page.id));
    this.all = [];
    this.fetched = 0;
  }

  async more() {
    if (this.fetched >= this.pages.length) return false;
    const response = await fetch(this.pages[this.fetched++]);
    const page = response.ok ? await response.json() : {};
    for (const annotation of page.items ?? []) this.add(annotation);
    return true;
  }

  add(annotation) {
    const { language, value = "" } = annotation.body ?? {};
    const fitting = this.transcripts.filter((each) => !language || !each.element.lang || each.element.lang === language);
    for (const transcript of fitting) {
      const stretch = transcript.find(value);
      if (stretch) {
        this.all.push({ id: annotation.id, transcript, stretch, ...place(annotation.target) });
        return;
      }
    }
  }

  async where(fits) {
    let looked = 0;
    do {
      for (; looked < this.all.length; looked += 1) if (fits(this.all[looked])) return this.all[looked];
    } while (await this.more());
    return null;
  }

  async at(transcript, letter) {
    if (letter < 0) return null;
    return this.where((line) => line.transcript === transcript && line.stretch[0] <= letter && letter < line.stretch[1]);
  }

  async beside(line, step) {
    const number = this.all.indexOf(line) + step;
    while (number >= this.all.length && (await this.more()));
    return this.all[number] ?? line;
  }
}

// Light a line in its transcript, and bring it into view.
export function light(line, { scroll }) {
  const range = line.transcript.range(line.stretch);
  if (window.Highlight) CSS.highlights.set("iiif-line", new Highlight(range));
  if (scroll) bringIntoView(range, { enough: 1 });
}

// Scroll to a range or an element, unless enough of it is in the window: its beginning comes to a third of the height,
// or as far up as it needs to be seen whole.
export function bringIntoView(what, { enough }) {
  const { top, bottom, height } = what.getBoundingClientRect();
  const room = window.innerHeight;
  if (Math.min(bottom, room) - Math.max(top, 0) >= enough * Math.min(height, room)) return;
  const moves = window.matchMedia("(prefers-reduced-motion: no-preference)").matches;
  const above = Math.max(0, Math.min(room / 3, room - height));
  window.scrollBy({ top: top - above, behavior: moves ? "smooth" : "instant" });
}
