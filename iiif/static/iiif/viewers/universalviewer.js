// Universal Viewer.
export function open(frame, { manifest, said, start }) {
  const number = (canvas) => Math.max(0, (said.items ?? []).findIndex((each) => each.id === canvas));
  frame.classList.add("uv"); // which its styles ask for
  const data = { manifest, canvasIndex: number(start?.canvas), embedded: true };
  const viewer = window.UV.init(frame.id, data);
  return {
    show(line) {
      viewer.set({ canvasIndex: number(line.canvas) });
    },
  };
}
