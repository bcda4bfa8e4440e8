import { readFileSync, writeFileSync } from "node:fs";
import { isMap, isScalar, isSeq, parseDocument, visit, type Node, type YAMLMap } from "yaml";
import { filesOf } from "./documents.js";
import type { Source } from "./tools.js";

/** A file of a document in two states: as it is, and with one operation changed. */
export interface Change {
  readonly file: string;
  readonly texts: readonly [before: string, after: string];
}

/** The parameter that the changed operation has more. */
const PARAMETER =
  '{"name": "benchmark", "in": "query", "required": false, "schema": {"type": "string"}}';

/**
 * Finds an operation, and changes its summary and adds an optional parameter in a query, in the text: every other
 * character stays. Nothing is written.
 *
 * @throws Error if there is no such operation, or it has no summary or no parameter of its own
 */
export function changeOf(source: Source, operationId: string): Change {
  for (const file of filesOf(source)) {
    const before = readFileSync(file, "utf8");
    const operation = operationOf(before, operationId);
    if (operation === undefined) continue;
    const after = changed(before, operation);
    if (after === before) throw new Error(`${operationId} is as it was.`);
    return { file, texts: [before, after] };
  }
  throw new Error(`${source.file} has no operation "${operationId}".`);
}

/** Saves the other state at each call, beginning with the changed one. */
export function toggled({ file, texts }: Change): () => void {
  let state = 0;
  return () => {
    state = 1 - state;
    writeFileSync(file, texts[state] ?? "");
  };
}

function operationOf(text: string, operationId: string): YAMLMap | undefined {
  let found: YAMLMap | undefined;
  // JSON is YAML.
  visit(parseDocument(text), {
    Map: (_key, map) => {
      if (map.get("operationId") !== operationId || !map.has("responses")) return undefined;
      found = map;
      return visit.BREAK;
    },
  });
  return found;
}

function changed(text: string, operation: YAMLMap): string {
  const summary = operation.get("summary", true);
  const parameters: unknown = operation.get("parameters", true);
  const [first] = isSeq<Node>(parameters) ? parameters.items : [];
  if (!isScalar(summary) || !isSeq(parameters) || !isMap(first))
    throw new Error("The operation to change has no summary or no parameters.");
  const [summaryStart, summaryEnd] = rangeOf(summary);
  const [start] = rangeOf(first);
  // What stands before an entry of a list in its line, such as `        - `; in JSON, a comma is enough.
  const lead = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const edits = [
    { start: summaryStart, end: summaryEnd, by: JSON.stringify("Changed for a benchmark") },
    { start, end: start, by: `${PARAMETER}${parameters.flow === true ? ", " : `\n${lead}`}` },
  ];
  return edits
    .sort((one, other) => other.start - one.start)
    .reduce((done, { start, end, by }) => done.slice(0, start) + by + done.slice(end), text);
}

function rangeOf({ range }: Node): readonly [start: number, end: number] {
  if (range === null || range === undefined) throw new Error("A parsed node has a range.");
  return [range[0], range[1]];
}
