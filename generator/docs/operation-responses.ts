import type { HeaderReference, ResponseReference } from "../reference/reference.js";
import { inlineText } from "./markdown/inline-text.js";
import { codeSpan, table } from "./markdown/parts.js";
import { typeText } from "./markdown/type-text.js";
import { descriptionText, notesText } from "./property-table.js";
import type { Writing } from "./writing.js";

/** All statuses, with what comes with them. */
export function responseTable(responses: readonly ResponseReference[], writing: Writing): string {
  const rows = responses.map((response) => [
    `**${response.status}**`,
    response.description === undefined ? "" : inlineText(response.description, writing),
    contentText(response, writing),
  ]);
  return table(["Status", "Description", "Body"], rows);
}

/** The types that a body can have, each with its media types where those are not the usual one. */
function contentText({ content }: ResponseReference, writing: Writing): string {
  const names = new Map<string, string[]>();
  for (const { name, type } of content) {
    const text = typeText(type, writing);
    names.set(text, [...(names.get(text) ?? []), name]);
  }
  return [...names].map(([type, own]) => withMediaTypes(type, own)).join(" or ") || "-";
}

/** What a reader expects where nothing else is said. */
const USUAL = "application/json";

function withMediaTypes(type: string, names: readonly string[]): string {
  const isUsual = names.length === 1 && names[0] === USUAL;
  return isUsual ? type : `${type} (${names.map((name) => codeSpan(name)).join(", ")})`;
}

/** What the headers of the responses are, each told once, with the statuses that have it. */
export function responseHeaders(responses: readonly ResponseReference[], writing: Writing): string {
  const statuses = new Map<string, ResponseReference["status"][]>();
  const headers = new Map<string, HeaderReference>();
  for (const { status, headers: own } of responses) {
    for (const header of own) {
      const key = JSON.stringify(header);
      headers.set(key, header);
      statuses.set(key, [...(statuses.get(key) ?? []), status]);
    }
  }
  if (headers.size === 0) return "";
  const rows = [...headers].map(([key, header]) => {
    const own = statuses.get(key) ?? [];
    const told = own.length === responses.length ? writing.fill("all-statuses") : own.join(", ");
    return headerRow(header, told, writing);
  });
  return table(["Header", "Type", "Status", "Description", "Notes"], rows);
}

function headerRow(header: HeaderReference, statuses: string, writing: Writing): readonly string[] {
  const { name, required, type, values, docs } = header;
  const words = [
    ...(required ? [writing.fill("header-required")] : []),
    ...(values.length === 0 ? [] : [values.map((value) => codeSpan(value)).join(" or ")]),
  ];
  return [
    codeSpan(name),
    type === undefined ? "" : codeSpan(type),
    statuses,
    descriptionText(docs, writing),
    notesText(words, docs, writing),
  ];
}
