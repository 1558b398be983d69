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
  const narrow = window.matchMedia("(max-width: 40rem)");

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
      sideBarOpen: false,
      defaultSideBarPanel: "annotations",
      views: narrow.matches ? [{ key: "single" }] : [{ key: "single", behaviors: ["individuals"] }, { key: "book", behaviors: ["paged"] }, { key: "scroll", behaviors: ["continuous"] }],
    },
    // Transcribed lines are annotations that supplement their page; Mirador leaves them out by default.
    annotations: {
      filteredMotivations: ["commenting", "oa:commenting", "tagging", "oa:tagging", "sc:painting", "supplementing"],
    },
    workspace: { type: "single", allowNewWindows: false, showZoomControls: true },
    workspaceControlPanel: { enabled: false },
    // No pinch or wheel trap while the page itself is being scrolled.
    osdConfig: { gestureSettingsMouse: { scrollToZoom: false }, gestureSettingsTouch: { dragToPan: true } },
  });

  dark.addEventListener("change", () => {
    const actions = window.Mirador.updateConfig;
    if (actions) viewer.store.dispatch(actions({ selectedTheme: theme() }));
  });
})();
