// Content states: where in a document a viewer opens (IIIF Content State 1.0).

// A part of a canvas as a link carries it (section 6): percent-encoded, then base64url without padding.
export function encoded(target) {
  return btoa(encodeURIComponent(JSON.stringify(target)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decoded(text) {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return decodeURIComponent(atob(plain.padEnd(Math.ceil(plain.length / 4) * 4, "=")));
}

// The content state of a line.
export function stateOf(line, manifest) {
  const partOf = [{ id: manifest, type: "Manifest" }];
  return { id: `${line.canvas}#xywh=${line.box.join(",")}`, type: "Canvas", partOf };
}

// Where the content state of an address leads within a manifest: { canvas, box }, or null where it is about none.
export function placeOf(search, manifest) {
  const given = new URLSearchParams(search).get("iiif-content");
  if (!given) return null;
  let state = given;
  try {
    state = JSON.parse(/^\s*[{]/.test(given) ? given : decoded(given));
  } catch {
    return null; // an address, which is read as the whole manifest; or nothing that anybody understands
  }
  const target = [state?.target ?? state].flat()[0];
  const source = target?.type === "SpecificResource" ? target.source : target;
  const above = [source?.partOf ?? []].flat().map((each) => each?.id ?? each);
  if (source?.type !== "Canvas" || !above.includes(manifest)) return null;
  return place(`${source.id}${target.selector ? `#${[target.selector].flat()[0]?.value ?? ""}` : ""}`);
}

// { canvas, box } of an address with a fragment.
export function place(address) {
  const [canvas, fragment = ""] = address.split("#");
  const box = /xywh=(?:pixel:)?([\d.]+),([\d.]+),([\d.]+),([\d.]+)/.exec(fragment);
  return { canvas, box: box ? box.slice(1).map(Number) : null };
}
