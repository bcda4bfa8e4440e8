import type { ClassReference, OperationReference, Reference } from "../reference/reference.js";
import { blockText } from "./markdown/block-text.js";
import { inlineText } from "./markdown/inline-text.js";
import { codeSpan, listItem, table } from "./markdown/parts.js";
import { externalDocsText } from "./outside-links.js";
import { operationSection } from "./operation-section.js";
import { blocks, methodLink, requestText, typeLink, type Writing } from "./writing.js";

/** What the page of a class tells of the client as a whole. */
export type ClassPageContext = Pick<Reference, "clientVariable" | "servers">;

/** The page of a class: its methods as a table, then one by one. */
export function classPage(
  described: ClassReference,
  { clientVariable, servers }: ClassPageContext,
  writing: Writing,
): string {
  const { className, propertyName, docs, externalDocs, operations } = described;
  const texts = docs.flatMap((part) => (part.kind === "text" ? [part.text] : []));
  return writing.fill("class", {
    className,
    description: blocks(texts.map((text) => blockText(text, writing))),
    externalDocs: externalDocsText(externalDocs, writing),
    access: codeSpan(`${clientVariable}.${propertyName}`),
    base: baseText(servers, writing),
    methods: operations.length === 0 ? "" : methodTable(operations, writing),
    earlier: earlierText(described, writing),
    operations: blocks(operations.map((operation) => operationSection(operation, writing))),
  });
}

/** The first server as it is: a relative one says where the API begins on any host. */
function baseText(servers: Reference["servers"], { fill }: Writing): string {
  const [first] = servers;
  return first === undefined
    ? fill("base-none")
    : fill("base-relative", { url: codeSpan(first.url) });
}

function methodTable(operations: readonly OperationReference[], writing: Writing): string {
  return table(
    ["Method", "HTTP request", "Description"],
    operations.map((operation) => [
      methodLink(writing, operation.className, operation.methodName),
      requestText(operation),
      operationLine(operation, writing),
    ]),
  );
}

/** What lists of operations say of one. */
export function operationLine(
  { summary, deprecated }: OperationReference,
  writing: Writing,
): string {
  const text = summary === undefined ? "" : inlineText(summary, writing);
  return [deprecated ? "**Deprecated.**" : "", text].filter((part) => part !== "").join(" ");
}

/** Methods and types that are there under another name, too. */
function earlierText({ earlier }: ClassReference, writing: Writing): string {
  if (earlier.length === 0) return "";
  const names = earlier.flatMap(({ methodName, now, types }) => [
    `${codeSpan(methodName)} is ${methodLink(writing, now.className, now.methodName)}`,
    ...types.map((type) => `${codeSpan(type.name)} is ${typeLink(writing, type.now)}`),
  ]);
  return writing.fill("class-earlier", { names: names.map(listItem).join("\n") });
}
