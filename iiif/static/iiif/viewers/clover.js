// Clover, as the custom element of its build for the web.
export function open(frame, { manifest }) {
  const viewer = document.createElement("clover-viewer");
  viewer.setAttribute("id", manifest);
  viewer.setAttribute("iiif-content", manifest);
  frame.append(viewer);
  return {};
}
