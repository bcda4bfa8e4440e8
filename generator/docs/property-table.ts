import type { Docs } from "../types/docs.js";
import { inlineText } from "./markdown/inline-text.js";
import type { PageContext } from "./markdown/page-context.js";
import { codeSpan, table } from "./markdown/parts.js";
import { typeText } from "./markdown/type-text.js";
import type { Row } from "./rows.js";

/** A line of a table of parameters or properties, as Markdown. */
export interface PropertyLine {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly notes: string;
}

export function propertyTable(lines: readonly PropertyLine[]): string {
  return table(
    ["Name", "Type", "Description", "Notes"],
    lines.map(({ name, type, description, notes }) => [name, type, description, notes]),
  );
}

/** A row as a line. */
export function propertyLine(row: Row, context: PageContext): PropertyLine {
  const { name, type, docs } = row;
  return {
    name: codeSpan(name),
    type: typeText(type, context),
    description: descriptionText(docs, context),
    notes: notesText(rowWords(row), docs, context),
  };
}

function rowWords({ optional, among, names }: Row): readonly string[] {
  if (names !== undefined) return [names === "any" ? "any name" : "any other name"];
  return [...(optional ? ["optional"] : []), ...(among === undefined ? [] : [AMONG[among]])];
}

const AMONG = {
  some: "not in every alternative",
  others: "depends on the alternative",
} as const;

/** What the document says of something, on one line. */
export function descriptionText(docs: Docs, context: PageContext): string {
  return docs
    .flatMap((part) => (part.kind === "text" ? [inlineText(part.text, context)] : []))
    .join(" ");
}

/**
 * What else there is to know of it, on one line: words, its default, its limits.
 *
 * @param words Markdown
 */
export function notesText(words: readonly string[], docs: Docs, context: PageContext): string {
  const all = [...words, ...docs.flatMap((part) => noteOf(part, context))];
  const limits = docs.flatMap((part) =>
    part.kind === "limits" ? [inlineText(part.text, context)] : [],
  );
  return [all.join(", "), ...limits].filter((text) => text !== "").join(". ");
}

function noteOf(part: Docs[number], context: PageContext): readonly string[] {
  if (part.kind !== "tag") return [];
  if (part.tag === "defaultValue") return [`default ${codeSpan(part.text)}`];
  return [
    ["**deprecated**", inlineText(part.text, context)].filter((text) => text !== "").join(": "),
  ];
}
