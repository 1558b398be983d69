// Reads resources of Presentation 2 or 3, an array of them from standard input, and prints what it understood of each:
// of every type, how many there are in it.
import { readFileSync } from "node:fs";
import { Traverse, normalize } from "@iiif/parser";
import { convertPresentation2 } from "@iiif/parser/presentation-2";

const TYPES = ["manifest", "collection", "canvas", "annotation", "annotationPage", "contentResource", "choice", "range", "service"];

function counted(resource) {
  const counts = {};
  const counting = TYPES.map((type) => [type, [(found) => ((counts[type] = (counts[type] ?? 0) + 1), found)]]);
  new Traverse(Object.fromEntries(counting)).traverseUnknown(structuredClone(resource));
  return counts;
}

const understood = JSON.parse(readFileSync(0, "utf8")).map((given) => {
  const resource = given["@type"] ? convertPresentation2(given) : given;
  const { entities } = normalize(structuredClone(resource));
  return { ...counted(resource), canvases: Object.keys(entities.Canvas).length };
});
process.stdout.write(JSON.stringify(understood));
