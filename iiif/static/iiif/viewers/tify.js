// TIFY. It is under the AGPL and therefore not shipped; a site that wants it puts it into its own static files.
export async function open(frame, { manifest, said, start }) {
  const { default: Tify } = await import(frame.dataset.module);
  const page = (said.items ?? []).findIndex((canvas) => canvas.id === start?.canvas) + 1;
  const tify = new Tify({ container: frame, manifestUrl: manifest, pages: page ? [page] : null, view: null });
  await tify.ready;
  return {
    show(line) {
      tify.setPage((said.items ?? []).findIndex((canvas) => canvas.id === line.canvas) + 1);
    },
  };
}
