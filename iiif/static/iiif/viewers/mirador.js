// Mirador 4: one window that fills its frame and follows the reader's light or dark.
export function open(frame, { manifest, start }) {
  const { Mirador } = window;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const theme = () => (dark.matches ? "dark" : "light");
  const id = "document";
  const viewer = Mirador.viewer({
    id: frame.id,
    selectedTheme: theme(),
    language: document.documentElement.lang || "en",
    windows: [{ id, manifestId: manifest, canvasId: start?.canvas, thumbnailNavigationPosition: "off" }],
    window: {
      allowClose: false,
      allowMaximize: false,
      allowFullscreen: true,
      allowWindowSideBar: true,
      hideWindowTitle: true, // it stands above
      sideBarOpen: false,
      defaultSideBarPanel: "annotations",
      panels: { info: true, annotations: true, search: true, canvas: true, layers: true },
    },
    // Transcribed lines are annotations that supplement their page; Mirador leaves them out by default.
    annotations: {
      filteredMotivations: ["commenting", "oa:commenting", "tagging", "oa:tagging", "sc:painting", "supplementing"],
    },
    // No type: one window that fills its frame.
    workspace: { type: "none", allowNewWindows: false, showZoomControls: true },
    workspaceControlPanel: { enabled: false },
    // The wheel scrolls the page that the viewer is part of.
    osdConfig: { gestureSettingsMouse: { scrollToZoom: false } },
  });
  const { store } = viewer;
  dark.addEventListener("change", () => store.dispatch(Mirador.updateConfig({ selectedTheme: theme() })));
  const chosen = () => store.getState().windows[id]?.selectedAnnotationId;
  let last;
  return {
    show(line) {
      const [x, y, width, height] = line.box;
      last = line.id;
      store.dispatch(Mirador.setCanvas(id, line.canvas));
      store.dispatch(Mirador.selectAnnotation(id, line.id));
      // Mirador's pixels are those of the canvas; a zoom of 1 shows one of them.
      store.dispatch(Mirador.updateViewport(id, { x: x + width / 2, y: y + height / 2, zoom: 1 / (width * 1.25) }));
    },
    onChosen(tell) {
      store.subscribe(() => {
        const now = chosen();
        if (now && now !== last) tell(now);
        last = now;
      });
    },
  };
}
