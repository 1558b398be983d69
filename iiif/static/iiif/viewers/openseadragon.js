// OpenSeadragon: the page images, one by one, and a box around the line.

// Buttons that turn the pages, and between them the page that is shown.
function turning(viewer, count) {
  const bar = Object.assign(document.createElement("div"), { className: "viewer-turning" });
  const button = (text, label, step) => {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text, ariaLabel: label });
    made.addEventListener("click", () => viewer.goToPage(viewer.currentPage() + step));
    return made;
  };
  const number = document.createElement("span");
  const [before, after] = [button("‹", "Previous page", -1), button("›", "Next page", 1)];
  const told = ({ page }) => {
    number.textContent = `${page + 1} / ${count}`;
    before.disabled = page === 0;
    after.disabled = page === count - 1;
  };
  viewer.addHandler("page", told);
  told({ page: viewer.currentPage() });
  bar.append(before, number, after);
  return bar;
}

export async function open(frame, { said, start }) {
  const canvases = said.items ?? [];
  const images = canvases.map((canvas) => {
    const { body } = canvas.items[0].items[0];
    const image = body.type === "Choice" ? body.items[0] : body;
    const service = image.service[0];
    return `${service.id ?? service["@id"]}/info.json`;
  });
  const number = (canvas) => Math.max(0, canvases.findIndex((each) => each.id === canvas));
  const viewer = window.OpenSeadragon({
    element: frame,
    tileSources: images,
    sequenceMode: images.length > 1,
    initialPage: number(start?.canvas),
    showNavigationControl: false,
    showSequenceControl: false, // its buttons are pictures, which a site need not have
    crossOriginPolicy: "Anonymous",
    gestureSettingsMouse: { scrollToZoom: false },
  });
  const mark = Object.assign(document.createElement("div"), { className: "viewer-line" });
  let shown = null;
  const draw = () => {
    const { width } = canvases[viewer.currentPage()];
    const [x, y, across, down] = shown.box.map((each) => each / width);
    const place = new window.OpenSeadragon.Rect(x, y, across, down);
    viewer.removeOverlay(mark);
    viewer.addOverlay(mark, place);
    viewer.viewport.fitBoundsWithConstraints(new window.OpenSeadragon.Rect(x - across * 0.1, y - down * 4, across * 1.2, down * 9));
  };
  if (images.length > 1) frame.append(turning(viewer, images.length));
  viewer.addHandler("open", () => shown?.canvas === canvases[viewer.currentPage()].id && draw());
  return {
    show(line) {
      shown = line;
      const page = number(line.canvas);
      if (page === viewer.currentPage()) draw();
      else viewer.goToPage(page);
    },
  };
}
