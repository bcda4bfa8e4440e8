import { createLocator } from "../diagnostics/locate.js";
import type { Spot } from "./change.js";
import type { DocumentSide } from "./document-side.js";
import type { FindingSpot } from "./finding.js";

/** Makes what finds the file, line and column of places of one document; a file is parsed for that when it is needed. */
export function createSpotter({ source, written }: DocumentSide): (spot: Spot) => FindingSpot {
  const locator = createLocator(source);
  return ({ pointer, value }) => {
    const place = { pointer: written(pointer) };
    const at = locator.ofPlace(place);
    return {
      pointer: locator.pointerOf(place) ?? place.pointer,
      file: at?.file.path ?? source.file.path,
      line: at?.line ?? 1,
      column: at?.column ?? 1,
      value,
    };
  };
}
