// The viewer on the page of a document: loaded once the page is there to read, and kept at the line that the reader is at.
import { encoded, placeOf, place, stateOf } from "./content-state.js";
import { Lines, bringIntoView, light } from "./lines.js";

const frame = document.querySelector("#iiif-viewer[data-manifest]");
const link = document.querySelector("#iiif-line");
const back = document.querySelector("#iiif-text");

function loaded(tag, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes, { onload: resolve, onerror: reject });
    document.head.append(element);
  });
}

// After the page has been painted and the machine has nothing better to do.
const calm = () => new Promise((resolve) => {
  const idle = window.requestIdleCallback ?? ((done) => setTimeout(done, 200));
  requestAnimationFrame(() => idle(resolve, { timeout: 2000 }));
});

// Where to open: where the address says, else where the words stand that led here.
async function beginning(manifest) {
  const state = placeOf(location.search, frame.dataset.manifest);
  if (state) return state;
  const words = new URLSearchParams(location.search).get("q");
  const service = (manifest.service ?? []).find((each) => each.type === "SearchService2");
  if (!words || !service) return null;
  const answer = await fetch(`${service.id}?${new URLSearchParams({ q: words })}`);
  const [first] = answer.ok ? (await answer.json()).items : [];
  return first ? place(first.target) : null;
}

function within(line, { canvas, box }) {
  if (line.canvas !== canvas || !box) return false;
  const middle = box[1] + box[3] / 2;
  return line.box[1] <= middle && middle <= line.box[1] + line.box[3];
}

class Reading {
  constructor(viewer, lines) {
    this.viewer = viewer;
    this.lines = lines;
    this.line = null;
    // What a search has found in a line is named after the line.
    viewer.onChosen?.((id) => this.go(lines.where((line) => `${id}/`.startsWith(`${line.id}/`)), { from: "viewer" }));
    lines.transcripts.forEach((transcript) => this.follow(transcript));
    back.addEventListener("click", (event) => {
      event.preventDefault();
      light(this.line, { scroll: true });
      this.line.transcript.element.focus({ preventScroll: true });
    });
  }

  follow(transcript) {
    const { element } = transcript;
    element.tabIndex = 0;
    element.setAttribute("aria-describedby", "iiif-line-help");
    element.addEventListener("click", ({ clientX, clientY }) => {
      if (!getSelection().isCollapsed) return;
      this.go(this.lines.at(transcript, transcript.letterAt(clientX, clientY)), { from: "text" });
    });
    element.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const here = this.line?.transcript === transcript;
      if (event.key === "Enter" && !here) this.go(this.lines.where((line) => line.transcript === transcript), { from: "key" });
      else if (step && here) this.go(this.lines.beside(this.line, step), { from: "key" });
      else return;
      event.preventDefault();
    });
  }

  async go(finding, { from }) {
    const line = await finding;
    if (!line) return;
    // On a phone the viewer stands above the text, and a line that is tapped there would be shown to nobody.
    if (from === "text") bringIntoView(frame, { enough: 0.5 });
    if (line === this.line) return;
    this.line = line;
    light(line, { scroll: from !== "text" });
    if (from !== "viewer") this.viewer.show?.(line);
    const address = new URL(location.pathname, location.href);
    address.searchParams.set("iiif-content", encoded(stateOf(line, frame.dataset.manifest)));
    link.href = address;
    link.parentElement.hidden = false;
  }
}

async function open() {
  await calm();
  const { scripts = "", styles = "", adapter, manifest } = frame.dataset;
  await Promise.all(styles.split(" ").filter(Boolean).map((href) => loaded("link", { rel: "stylesheet", href })));
  for (const src of scripts.split(" ").filter(Boolean)) await loaded("script", { src });
  const [{ open: opened }, response] = await Promise.all([import(adapter), fetch(manifest)]);
  const said = await response.json();
  const start = await beginning(said);
  frame.replaceChildren();
  const viewer = await opened(frame, { manifest, said, start });
  const lines = new Lines(said, [...document.querySelectorAll(".transcript")]);
  const reading = new Reading(viewer, lines);
  if (start?.box) reading.go(lines.where((line) => within(line, start)), { from: "key" });
  frame.dataset.opened = "";
}

if (frame) {
  open().catch((error) => {
    frame.textContent = "The viewer could not be loaded. The text stands beside it.";
    throw error;
  });
}
