import type { BridgeName } from "../../generator/bridges/bridge-names.js";
import { firstHand } from "../../generator/diagnostics/codes.js";
import {
  hasErrors,
  type Diagnostic,
  type Outcome,
} from "../../generator/diagnostics/diagnostic.js";
import { printDiagnostics } from "../../generator/diagnostics/print.js";
import type { DocumentInput } from "../../generator/document/document-input.js";
import type { LoadOptions } from "../../generator/document/load.js";
import type { JsonObject, Source } from "../../generator/document/source.js";
import { emitApi } from "../../generator/emit/emit.js";
import { loadDocument } from "../../generator/load-document.js";
import type { Pins } from "../../generator/names/pins.js";
import type { GeneratedFile } from "../../generator/output/generated-file.js";
import { generateService } from "../../generator/pipeline.js";
import { examineStages, runStages, type StageOptions } from "../../generator/stages.js";

/** What a run of the line gives for a document: files, unless something was an error, and every finding. */
export interface Generated {
  readonly source: Source | undefined;
  readonly files: readonly GeneratedFile[] | undefined;
  /** The names in them. */
  readonly pins?: Pins | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads a document and sends it down the line. The files import the runtime from `../runtime`. */
export async function generateFile(
  path: string,
  options: LoadOptions &
    Pick<StageOptions, "extensions" | "int64" | "helpers" | "selection" | "pins"> &
    Pick<DocumentInput, "overlays"> & { readonly bridges?: readonly BridgeName[] } = {},
): Promise<Generated> {
  const loaded = await loadDocument({ file: path, overlays: options.overlays ?? [] }, options);
  if (loaded.value === undefined || hasErrors(loaded.diagnostics))
    return { source: loaded.value, files: undefined, diagnostics: allFindings(loaded, options) };
  const made = await generateService(loaded.value, {
    runtime: "../runtime",
    bridges: options.bridges ?? [],
    ...(options.extensions === undefined ? {} : { extensions: options.extensions }),
    ...(options.int64 === undefined ? {} : { int64: options.int64 }),
    ...(options.helpers === undefined ? {} : { helpers: options.helpers }),
    ...(options.selection === undefined ? {} : { selection: options.selection }),
    ...(options.pins === undefined ? {} : { pins: options.pins }),
  });
  return {
    source: loaded.value,
    files: made.value?.files,
    pins: made.value?.pins,
    diagnostics: [...loaded.diagnostics, ...made.diagnostics],
  };
}

/** The findings of loading, and whatever else is wrong as far as it can be told. */
export function allFindings(
  { value, diagnostics }: Outcome<Source>,
  options: StageOptions = {},
): readonly Diagnostic[] {
  if (value === undefined) return diagnostics;
  return [...diagnostics, ...firstHand(examineStages(value, options).diagnostics)];
}

/** All findings as a user sees them, without colours. */
export function printed({ source, diagnostics }: Generated): string {
  return printDiagnostics(diagnostics, source, { color: false });
}

/** A source made of a value instead of a file: places of its findings mean nothing. */
export function sourceOf(document: JsonObject): Source {
  const file = { path: "document.json", text: JSON.stringify(document) };
  return { file, files: new Map([[file.path, file]]), document, origins: new Map() };
}

/** A document with the given parts; everything that OpenAPI asks for is there. */
export function documentOf(parts: JsonObject): JsonObject {
  return { openapi: "3.1.0", info: { title: "Test", version: "1" }, paths: {}, ...parts };
}

/** The files of a document. Throws what is found where anything is an error. */
export function emitDocument(document: JsonObject): readonly GeneratedFile[] {
  const { model, diagnostics } = runStages(sourceOf(document), {});
  if (model === undefined) throw new Error(JSON.stringify(diagnostics, null, 2));
  return emitApi(model, "../runtime");
}
