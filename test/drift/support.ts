import type { JsonObject, Source } from "../../generator/document/source.js";
import { compareDocuments } from "../../generator/drift/compare.js";
import type { DocumentSide } from "../../generator/drift/document-side.js";
import type { Comparison, Finding, FindingPlace } from "../../generator/drift/finding.js";
import { valuePathText, type Position } from "../../generator/drift/position.js";
import { documentSide, type StageOptions } from "../../generator/stages.js";

/** A document as if it had been read from a file. */
export function sourceOf(document: JsonObject, name = "openapi.json"): Source {
  const file = { path: name, text: `${JSON.stringify(document, undefined, 2)}\n` };
  return { file, files: new Map([[name, file]]), document, origins: new Map() };
}

/** One side of a comparison. Throws where the document has errors. */
export function sideOf(source: Source, options: StageOptions = {}): DocumentSide {
  const { value, diagnostics } = documentSide(source, options, false);
  if (value === undefined)
    throw new Error(diagnostics.map(({ message }) => message).join("\n") || "no side");
  return value;
}

/** What two documents differ in on the wire. */
export function compareOnWire(
  old: JsonObject,
  current: JsonObject,
  options: StageOptions = {},
): Comparison {
  return compareDocuments(
    sideOf(sourceOf(old, "old.json"), options),
    sideOf(sourceOf(current, "new.json"), options),
    { docs: true, runtime: [] },
  );
}

/** A finding on one line: verdict, rule, direction, places and sentence. */
export function line({ rule, wire, direction, places, message }: Finding): string {
  const where = places.length === 0 ? "document" : places.map(placeText).join(", ");
  return `${[wire, rule, direction ?? "-"].join(" ")} | ${where} | ${message}`;
}

export function placeText({ method, path, position, valuePath }: FindingPlace): string {
  return [method, path, positionText(position), valuePathText(valuePath)]
    .filter((text) => text !== "")
    .join(" ");
}

function positionText(position: Position): string {
  switch (position.kind) {
    case "operation":
      return "";
    case "parameter":
      return `${position.in} ${position.name}`;
    case "body":
      return `body ${position.mediaType ?? ""}`.trim();
    case "response":
      return `${position.status} ${position.mediaType ?? ""}`.trim();
    case "header":
      return `${position.status} header ${position.name}`;
  }
}
