import type { FindingPlace } from "./finding.js";
import { valuePathText, type Position } from "./position.js";

/**
 * What a part of an operation is called in reports and in acceptance files: `query sort`, `body application/json`,
 * `response 200 application/json`, `response 429 header Retry-After`; empty for the operation itself. It holds text of
 * the document as it is.
 */
export function positionText(position: Position): string {
  switch (position.kind) {
    case "operation":
      return "";
    case "parameter":
      return `${position.in} ${position.name}`;
    case "body":
      return words("body", position.mediaType);
    case "response":
      return words("response", String(position.status), position.mediaType);
    case "header":
      return words("response", String(position.status), "header", position.name);
  }
}

/** The part of an operation with the way to the value in it: `response 200 application/json .data[].name`. */
export function placeText({ position, valuePath }: FindingPlace): string {
  return words(positionText(position), valuePathText(valuePath));
}

function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}
