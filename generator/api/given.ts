import { usageError } from "../commands/targets.js";
import { outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { fileInMemory } from "./memory.js";
import type { DocumentSource, FileMap } from "./types.js";

/* What a program gives: types are no promise, so that all of it is looked at. */

/** The name of a root document that is a value. No reference can lead to it. */
export const VALUE = "(document)";

/** Files of a program by their absolute paths in a folder in memory. */
export function givenFiles(
  folder: string,
  files: FileMap = {},
): Outcome<ReadonlyMap<string, string>> {
  const entries = entriesOf(files);
  return outcome(
    new Map(entries.map(([name, text]) => [fileInMemory(folder, plainPath(name)), text])),
    entries.flatMap(([name, text]) => fileFinding(name, text)),
  );
}

function entriesOf(files: FileMap): readonly (readonly [string, string])[] {
  return Symbol.iterator in files ? [...files] : Object.entries(files);
}

/** A document of a program: its files, and the path of the root document among them. */
export function givenDocument(
  folder: string,
  { document, files }: DocumentSource,
): Outcome<{ readonly file: string; readonly files: ReadonlyMap<string, string> }> {
  const given = givenFiles(folder, files);
  if (given.value === undefined) return { value: undefined, diagnostics: given.diagnostics };
  if (typeof document === "string") {
    const findings = pathFinding("document", document);
    return outcome({ file: plainPath(document), files: given.value }, findings);
  }
  const text = jsonText(document);
  if (text === undefined) return { value: undefined, diagnostics: [notJson("document")] };
  return outcome({
    file: VALUE,
    files: new Map([...given.value, [fileInMemory(folder, VALUE), text]]),
  });
}

/** JSON of what a program gives; `undefined` where it is no JSON value, such as one that contains itself. */
export function jsonText(value: unknown): string | undefined {
  try {
    const text: unknown = JSON.stringify(value, undefined, 2);
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}

/** The finding that something given is no JSON value. */
export function notJson(what: string): Diagnostic {
  return usageError(
    `${what} is no JSON value.`,
    "Give plain objects, arrays, strings, finite numbers, booleans and null, none of them inside itself.",
  );
}

/** `./api.yaml` is `api.yaml`. */
function plainPath(name: string): string {
  return name.replace(/^(?:\.\/)+/, "");
}

function fileFinding(name: string, text: unknown): readonly Diagnostic[] {
  if (typeof text === "string") return pathFinding("files", name);
  return [
    usageError(`The text of ${quoted(name)} is no string.`, "Give the text of the file, decoded."),
  ];
}

function pathFinding(what: string, name: string): readonly Diagnostic[] {
  const segments = plainPath(name).split("/");
  const isPlain = segments.every((segment) => !["", ".", ".."].includes(segment));
  if (isPlain && !/[\\\p{Cc}]|^[a-z]:/iu.test(name)) return [];
  return [
    usageError(
      `The path ${quoted(name)} of ${what} is no relative one with forward slashes.`,
      "Name all files relative to one folder that holds them all, such as schemas/pet.yaml.",
    ),
  ];
}
