import path from "node:path";
import { createLocator } from "../diagnostics/locate.js";
import { outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { LIMITS } from "./limits.js";
import { parseText } from "./parse.js";
import { displayPath, readRegularFile, readSourceFile, type ReadBytes } from "./read-file.js";
import type { JsonObject, Source, SourceFile } from "./source.js";
import { versionFinding } from "./version.js";

export interface LoadOptions {
  readonly readBytes?: ReadBytes;
}

/** Reads an OpenAPI document from disk. */
export async function loadSource(
  file: string,
  options: LoadOptions = {},
): Promise<Outcome<Source>> {
  const read = await readSourceFile(
    displayPath(path.resolve(file)),
    path.resolve(file),
    LIMITS,
    options.readBytes ?? readRegularFile,
  );
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  const parsed = await parseText(read.value, LIMITS);
  if (parsed.value === undefined) return { value: undefined, diagnostics: parsed.diagnostics };
  const sourceFile = read.value;
  const finding = versionFinding(parsed.value, (pointer) =>
    createLocator().inFile(sourceFile, pointer, "value"),
  );
  const diagnostics: readonly Diagnostic[] =
    finding === undefined ? parsed.diagnostics : [...parsed.diagnostics, finding];
  return outcome(singleFile(sourceFile, parsed.value as JsonObject), diagnostics);
}

function singleFile(file: SourceFile, document: JsonObject): Source {
  return { file, files: new Map([[file.path, file]]), document, origins: new Map() };
}
