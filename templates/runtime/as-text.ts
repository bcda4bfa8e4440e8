import { refusePage } from "./accepted.js";
import type { DecodeContext } from "./call.js";
import { readText } from "./read-body.js";

/** Decodes a body as text, whatever its type; but a page for humans must have been asked for. */
export function asText(response: Response, context: DecodeContext): Promise<string> {
  refusePage(response, context);
  return readText(response, context, false);
}
