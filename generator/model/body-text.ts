import { stringMember } from "../document/json.js";
import type { RequestBody } from "../resolve/resolved-api.js";

/**
 * What a document says of a body: its own description before those of its schemas, as with parameters. A schema of one
 * item says nothing of the whole.
 */
export function bodyText({ description, mediaTypes }: RequestBody): string | undefined {
  if (isText(description)) return description;
  const texts = mediaTypes
    .filter(({ isItemSchema }) => !isItemSchema)
    .map(({ schema }) => stringMember(schema?.schema, "description"));
  const told = [...new Set(texts.filter(isText))];
  return told.length === 0 ? undefined : told.join("\n\n");
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== "";
}
