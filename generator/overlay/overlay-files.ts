import path from "node:path";
import { fileURLToPath } from "node:url";
import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { createLocator } from "../diagnostics/locate.js";
import { quoted } from "../diagnostics/quoted.js";
import { LIMITS, type Limits } from "../document/limits.js";
import { percentDecoded } from "../document/pointer.js";
import {
  displayPath,
  readRegularFile,
  readSourceFile,
  type ReadBytes,
} from "../document/read-file.js";
import type { Source } from "../document/source.js";
import { versionFinding } from "../document/version.js";
import { applyOverlays } from "./apply.js";
import { checkReferences } from "./check-references.js";
import type { Overlay } from "./overlay.js";
import { parseOverlay } from "./parse-overlay.js";
import { loadQueries } from "./query.js";

export interface OverlayOptions {
  readonly readBytes?: ReadBytes;
  /** What findings call a file, by its absolute path. Default: its path as `displayPath` shows it. */
  readonly nameOf?: (file: string) => string;
  readonly limits?: Limits;
}

/**
 * Reads overlays and applies them to a document in their order. Nothing else is read, and nothing is fetched.
 *
 * @param input path of the document, with which `extends` of the overlays is compared
 * @param files paths of the overlays; like `input` absolute or relative to the working directory
 */
export async function withOverlays(
  source: Source,
  input: string,
  files: readonly string[],
  options: OverlayOptions = {},
): Promise<Outcome<Source>> {
  const reading = { readBytes: readRegularFile, nameOf: displayPath, limits: LIMITS, ...options };
  const { limits } = reading;
  const read = await Promise.all(files.map((file) => readOverlay(file, input, reading)));
  const diagnostics = read.flatMap((found) => found.diagnostics);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const overlays = read.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const parseQuery = await loadQueries(limits.depth);
  const applied = applyOverlays(source, overlays, { parseQuery, limits });
  const all = [...diagnostics, ...applied.diagnostics];
  if (applied.value === undefined) return { value: undefined, diagnostics: all };
  const flaws = flawsOf(applied.value);
  return { value: hasErrors(flaws) ? undefined : applied.value, diagnostics: [...all, ...flaws] };
}

async function readOverlay(
  file: string,
  input: string,
  { readBytes, nameOf, limits }: Required<OverlayOptions>,
): Promise<Outcome<Overlay>> {
  const absolute = path.resolve(file);
  const read = await readSourceFile(nameOf(absolute), absolute, limits, readBytes);
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  const overlay = parseOverlay(read.value, limits);
  const finding =
    overlay.value && extendsFinding(overlay.value, absolute, path.resolve(input), nameOf);
  return finding === undefined ? overlay : { value: undefined, diagnostics: [finding] };
}

/** An overlay may name the document that it is made for. A URL of another scheme than `file:` tells nothing here. */
function extendsFinding(
  { file, extends: written }: Overlay,
  from: string,
  input: string,
  nameOf: (file: string) => string,
): Diagnostic | undefined {
  if (written === undefined || isSame(written, from, input)) return undefined;
  return diagnostic("overlay-of-another-document", {
    message: `The overlay extends ${quoted(written)}, but it is applied to ${quoted(nameOf(input))}.`,
    hint: "Apply it to the document that it is made for, or correct extends: it is relative to the overlay.",
    place: createLocator().inFile(file, "/extends", "value"),
  });
}

function isSame(written: string, from: string, input: string): boolean {
  if (/^file:/i.test(written)) return fileOf(written) === input;
  if (/^(?:[a-z][a-z0-9+.-]+:|\/\/)/i.test(written)) return true;
  const [file = ""] = written.split("#", 1);
  return path.resolve(path.dirname(from), percentDecoded(file)) === input;
}

function fileOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

/** What was right before may be wrong now: the version, and what references lead to. */
function flawsOf(source: Source): readonly Diagnostic[] {
  const locator = createLocator(source);
  const version = versionFinding(
    source.document,
    (pointer) => locator.ofPlace({ pointer, at: "value" }) ?? locator.inFile(source.file, ""),
  );
  return version === undefined ? checkReferences(source) : [version];
}
