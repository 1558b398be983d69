// Opens Mirador on the manifest that the page names, and follows the reader's light or dark.
(function () {
  "use strict";

  const frame = document.querySelector("#iiif-viewer[data-manifest]");
  if (!frame) return;
  if (!window.Mirador) {
    frame.textContent = "The viewer could not be loaded. The text stands beside it.";
    return;
  }

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const theme = () => (dark.matches ? "dark" : "light");

  frame.replaceChildren();
  const viewer = window.Mirador.viewer({
    id: frame.id,
    selectedTheme: theme(),
    language: document.documentElement.lang || "en",
    windows: [{ manifestId: frame.dataset.manifest, thumbnailNavigationPosition: "off" }],
    window: {
      allowClose: false,
      allowMaximize: false,
      allowFullscreen: true,
      allowWindowSideBar: true,
      hideWindowTitle: true, // it stands above
      sideBarOpen: false,
      defaultSideBarPanel: "annotations",
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

  dark.addEventListener("change", () => {
    viewer.store.dispatch(window.Mirador.updateConfig({ selectedTheme: theme() }));
  });
})();
