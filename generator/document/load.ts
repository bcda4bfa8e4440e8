import { realpath } from "node:fs/promises";
import path from "node:path";
import {
  hasErrors,
  type Diagnostic,
  type Outcome,
  type TextPlace,
} from "../diagnostics/diagnostic.js";
import { createLocator } from "../diagnostics/locate.js";
import { bundle } from "./bundle.js";
import type { ParsedFile } from "./find-references.js";
import { followReferences, type OpenFile, type Opened } from "./graph.js";
import { LIMITS, type Limits } from "./limits.js";
import { parseText } from "./parse.js";
import { displayPath, readRegularFile, readSourceFile, type ReadBytes } from "./read-file.js";
import { isInside, refusalOfLink, type Refusal } from "./reference-policy.js";
import type { Source } from "./source.js";
import { versionFinding } from "./version.js";

/** What loading needs of a file system. Both functions fail as `node:fs` does, with a `code`. */
export interface FileReader {
  readonly readBytes: ReadBytes;
  /** The absolute path of a file with all symbolic links resolved. */
  readonly realPath: (file: string) => Promise<string>;
}

export interface LoadOptions {
  /** The folder that no `$ref` may leave. Default: that of the root document. */
  readonly root?: string;
  readonly reader?: FileReader;
  readonly limits?: Limits;
}

/** How one call of {@link loadSource} reads files. */
interface Loading {
  readonly reader: FileReader;
  readonly limits: Limits;
}

/**
 * Reads an OpenAPI or Swagger 2.0 document, JSON or YAML, with all files that it is made of, as it is written. Nothing
 * is fetched, and no file outside the root folder is read (`reference-policy.ts`). All findings are errors that end the
 * run, integers beyond 2^53 and odd spellings of the version aside.
 *
 * @param file path of the root document, absolute or relative to the working directory
 */
export async function loadSource(
  file: string,
  options: LoadOptions = {},
): Promise<Outcome<Source>> {
  const { reader = { readBytes: readRegularFile, realPath: realpath }, limits = LIMITS } = options;
  const loading = { reader, limits };
  const absolute = path.resolve(file);
  const parsed = await parseFile(absolute, absolute, loading);
  if (parsed.value === undefined) return { value: undefined, diagnostics: parsed.diagnostics };
  const diagnostics = [...parsed.diagnostics, ...versionFindings(parsed.value)];
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const root = { ...parsed.value, path: await reader.realPath(absolute) };
  const folder = await reader.realPath(path.resolve(options.root ?? path.dirname(absolute)));
  return bundleFrom(root, folder, diagnostics, loading);
}

async function bundleFrom(
  root: ParsedFile,
  folder: string,
  before: readonly Diagnostic[],
  loading: Loading,
): Promise<Outcome<Source>> {
  const graph = await followReferences(root, folder, fileOpener(root, folder, loading));
  const diagnostics = [...before, ...graph.diagnostics];
  if (graph.value === undefined || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  return { value: bundle(graph.value), diagnostics };
}

/** Reads and parses one file. */
async function parseFile(
  name: string,
  file: string,
  { reader, limits }: Loading,
): Promise<Outcome<ParsedFile>> {
  const read = await readSourceFile(displayPath(name), file, limits, reader.readBytes);
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  const { value, diagnostics } = parseText(read.value, limits);
  if (value === undefined) return { value: undefined, diagnostics };
  return { value: { path: file, file: read.value, value }, diagnostics };
}

function versionFindings({ file, value }: ParsedFile): readonly Diagnostic[] {
  const place = (pointer: string): TextPlace => createLocator().inFile(file, pointer, "value");
  return [versionFinding(value, place) ?? []].flat();
}

/** Makes the function that opens files for references; it counts them, so that no document is made of too many. */
function fileOpener(root: ParsedFile, folder: string, loading: Loading): OpenFile {
  let opened = 1;
  return async (file) => {
    const real = await realPathOrRefusal(file, folder, loading.reader);
    if (typeof real !== "string") return { refusal: real };
    if (real === root.path) return { file: root };
    opened += 1;
    if (opened > loading.limits.files) return { refusal: tooManyFiles(loading.limits) };
    return openedFile(await parseFile(file, real, loading));
  };
}

async function realPathOrRefusal(
  file: string,
  folder: string,
  reader: FileReader,
): Promise<string | Refusal> {
  try {
    const real = await reader.realPath(file);
    return isInside(real, folder) ? real : refusalOfLink();
  } catch (error) {
    if (error instanceof Error && "code" in error) return missingFile();
    throw error;
  }
}

/** What is wrong with a file that a reference names is told without a word of its text: it may be any file. */
function openedFile({ value, diagnostics }: Outcome<ParsedFile>): Opened {
  if (value !== undefined) return { file: value, warnings: diagnostics };
  const [first] = diagnostics;
  if (first?.code === "file-not-found") return { refusal: missingFile() };
  const line =
    first?.place !== undefined && "line" in first.place ? `, line ${first.place.line}` : "";
  return {
    refusal: {
      code: "invalid-referenced-file",
      problem: `leads to a file that is no well-formed YAML or JSON (${first?.code ?? "unknown"}${line})`,
      hint: "Correct that file, or refer to another one.",
    },
  };
}

function missingFile(): Refusal {
  return {
    code: "file-not-found",
    problem: "leads to a file that does not exist",
    hint: "Correct the path; it is relative to the file that it stands in.",
  };
}

function tooManyFiles({ files }: Limits): Refusal {
  return {
    code: "too-many-files",
    problem: `is one too many: a document may consist of ${files} files`,
    hint: "Bring the schemas together in fewer files.",
  };
}
