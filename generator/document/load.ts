import { realpath } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { diagnostic } from "../diagnostics/codes.js";
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
import { folderCache } from "./fetch-cache.js";
import { createFetchFile, type AllowedOrigin, type FetchFile } from "./fetch-file.js";
import type { FileReader } from "./file-reader.js";
import { openCommit } from "./git-reader.js";
import { LIMITS, type Limits } from "./limits.js";
import type { LoadSettings } from "./load-settings.js";
import { parseLocation, type LocationProblem } from "./location.js";
import { parseText } from "./parse.js";
import { decode, displayPath, readRegularFile, readSourceFile, sizeText } from "./read-file.js";
import {
  isAllowedFile,
  isUrl,
  refusalOfLink,
  type Permissions,
  type Refusal,
} from "./reference-policy.js";
import type { Source, SourceFile } from "./source.js";
import { versionFinding } from "./version.js";

export interface LoadOptions extends LoadSettings {
  /** The folder that no `$ref` may leave. Default: that of the root document. */
  readonly root?: string;
  readonly reader?: FileReader;
}

/** How one call of {@link loadSource} reads files. */
interface Loading {
  readonly reader: FileReader;
  readonly limits: Limits;
  readonly permissions: Permissions;
  readonly fetchFile: FetchFile;
}

/**
 * Reads an OpenAPI or Swagger 2.0 document, JSON or YAML, with all files that it is made of, as it is written. Nothing
 * but a root document that a URL names is fetched, and no file outside the root folder is read, unless the options allow
 * it (`reference-policy.ts`). There is a value beside errors too where the rest of the document can be looked at; what
 * has no target then is as if it were missing.
 *
 * @param document what the user calls the root document: see `location.ts`
 */
export async function loadSource(
  document: string,
  options: LoadOptions = {},
): Promise<Outcome<Source>> {
  const limits = { ...LIMITS, ...options.limits };
  const root = await openRoot(document, options, limits);
  if (root.value === undefined) return { value: undefined, diagnostics: root.diagnostics };
  const version = versionFindings(root.value.parsed);
  const diagnostics = [...root.diagnostics, ...version];
  if (hasErrors(version)) return { value: undefined, diagnostics };
  return bundleFrom(root.value.parsed, diagnostics, root.value.loading);
}

/** A root document, and how everything that it refers to is read. */
interface OpenedRoot {
  readonly parsed: ParsedFile;
  readonly loading: Loading;
}

async function openRoot(
  document: string,
  options: LoadOptions,
  limits: Limits,
): Promise<Outcome<OpenedRoot>> {
  const location = parseLocation(document, options.privateNetwork);
  if ("problem" in location) return failed(invalidLocation(location));
  switch (location.kind) {
    case "file": {
      const { reader = DISK } = options;
      return openFile(path.resolve(location.file), reader, options, limits);
    }
    case "git": {
      const commit = await openCommit(location.ref);
      if ("problem" in commit) return failed(noCommit(document, commit));
      return openFile(commit.fileOf(location.path), commit.reader, options, limits);
    }
    case "url":
      return openUrl(location.url, options, limits);
  }
}

async function openFile(
  file: string,
  reader: FileReader,
  options: LoadOptions,
  limits: Limits,
): Promise<Outcome<OpenedRoot>> {
  const { value, diagnostics } = await parseFile(file, file, { reader, limits });
  if (value === undefined) return { value: undefined, diagnostics };
  const real = await reader.realPath(file);
  const parsed = { ...value, path: real, uri: pathToFileURL(real).href };
  const permissions = await permissionsOf(file, reader, options);
  const fetchFile = fetcher(options.origins ?? [], limits, options);
  return { value: { parsed, loading: { reader, limits, permissions, fetchFile } }, diagnostics };
}

/** The user names the URL, and so allows its origin, which its references may read, too. No file of this machine is. */
async function openUrl(
  url: string,
  options: LoadOptions,
  limits: Limits,
): Promise<Outcome<OpenedRoot>> {
  const { origin } = new URL(url);
  const { origins = [], privateNetwork = false } = options;
  const allowed = origins.some((entry) => entry.origin === origin)
    ? origins
    : [...origins, { origin, privateNetwork }];
  const fetchFile = fetcher(allowed, limits, options);
  const fetched = await fetchedFile(url, { fetchFile, limits });
  if ("problem" in fetched) return failed(rootNotFetched(url, fetched.problem));
  const { value: parsed, diagnostics } = fetched;
  if (parsed === undefined) return { value: undefined, diagnostics };
  const permissions = { folders: [], origins: new Set(allowed.map((entry) => entry.origin)) };
  return {
    value: { parsed, loading: { reader: NO_FILES, limits, permissions, fetchFile } },
    diagnostics,
  };
}

/** The files of this machine. */
export const DISK: FileReader = { readBytes: readRegularFile, realPath: realpath };

/** Nothing is asked of it: no folder is allowed. */
const NO_FILES: FileReader = {
  readBytes: () => Promise.reject(new Error("A fetched document reads no files.")),
  realPath: () => Promise.reject(new Error("A fetched document reads no files.")),
};

function fetcher(
  origins: readonly AllowedOrigin[],
  limits: Limits,
  { cache }: LoadOptions,
): FetchFile {
  if (cache === undefined) return createFetchFile(origins, limits);
  const { folder, isOffline } = cache;
  return createFetchFile(origins, limits, { cache: folderCache(folder), isOffline });
}

function failed(finding: Diagnostic): Outcome<never> {
  return { value: undefined, diagnostics: [finding] };
}

function invalidLocation({ problem, hint }: LocationProblem): Diagnostic {
  return diagnostic("invalid-location", {
    message: `The name of the document ${problem}.`,
    hint,
  });
}

function noCommit(document: string, { problem, hint }: LocationProblem): Diagnostic {
  return diagnostic("unknown-commit", {
    message: `The commit ${problem}.`,
    hint,
    place: { path: document },
  });
}

function rootNotFetched(url: string, problem: string): Diagnostic {
  return diagnostic("fetch-failed", {
    message: `The URL ${problem}.`,
    hint: "Open the URL yourself. Nothing is known of what the document there says now.",
    place: { path: url },
  });
}

/** Folders count by their real paths, as files do; one that is not there allows nothing. */
async function permissionsOf(
  file: string,
  reader: FileReader,
  { root, folders = [], origins = [] }: LoadOptions,
): Promise<Permissions> {
  const real = (folder: string): Promise<string> =>
    reader.realPath(path.resolve(folder)).catch(() => path.resolve(folder));
  const all = await Promise.all([root ?? path.dirname(file), ...folders].map(real));
  const { isComplete = false } = reader;
  return { folders: all, origins: new Set(origins.map(({ origin }) => origin)), isComplete };
}

async function bundleFrom(
  root: ParsedFile,
  before: readonly Diagnostic[],
  loading: Loading,
): Promise<Outcome<Source>> {
  const graph = await followReferences(root, loading.permissions, fileOpener(root, loading));
  const diagnostics = [...before, ...graph.diagnostics];
  const bundled = bundle(graph.value, loading.limits);
  return { value: bundled.value, diagnostics: [...diagnostics, ...bundled.diagnostics] };
}

/** Reads and parses one file. */
async function parseFile(
  name: string,
  file: string,
  { reader, limits }: Pick<Loading, "reader" | "limits">,
): Promise<Outcome<ParsedFile>> {
  const { readBytes, nameOf = displayPath } = reader;
  const read = await readSourceFile(nameOf(name), file, limits, readBytes);
  if (read.value === undefined) return { value: undefined, diagnostics: read.diagnostics };
  return parsedFile(read.value, file, pathToFileURL(file).href, limits);
}

function parsedFile(
  file: SourceFile,
  path: string,
  uri: string,
  limits: Limits,
): Outcome<ParsedFile> {
  const { value, diagnostics } = parseText(file, limits);
  return { value: value === undefined ? undefined : { path, uri, file, value }, diagnostics };
}

function versionFindings({ file, value }: ParsedFile): readonly Diagnostic[] {
  const place = (pointer: string): TextPlace => createLocator().inFile(file, pointer, "value");
  return [versionFinding(value, place) ?? []].flat();
}

/**
 * Makes the function that opens files for references; it counts files and their bytes, so that no document is made of
 * too much.
 */
function fileOpener(root: ParsedFile, loading: Loading): OpenFile {
  const { limits } = loading;
  let opened = 1;
  let bytes = Buffer.byteLength(root.file.text);
  return async (location) => {
    const real = isUrl(location) ? location : await realPathOrRefusal(location, loading);
    if (typeof real !== "string") return { refusal: real };
    if (real === root.path) return { file: root };
    opened += 1;
    if (opened > limits.files) return { refusal: tooManyFiles(limits) };
    const left = { ...loading, limits: { ...limits, bytes: Math.max(0, limits.bytes - bytes) } };
    const read = isUrl(location)
      ? await fetchedFile(location, left)
      : await parseFile(location, real, left);
    if ("problem" in read) return { refusal: notFetched(read.problem) };
    bytes += Buffer.byteLength(read.value?.file.text ?? "");
    return bytes > limits.bytes ? { refusal: tooManyBytes(limits) } : openedFile(read, limits);
  };
}

/** Fetches and parses one file. Its name in findings is its URL. */
async function fetchedFile(
  url: string,
  { fetchFile, limits }: Pick<Loading, "fetchFile" | "limits">,
): Promise<Outcome<ParsedFile> | { readonly problem: string }> {
  const fetched = await fetchFile(url);
  if ("problem" in fetched) return fetched;
  const { value, diagnostics } = decode(fetched.url, fetched.bytes, limits);
  if (value === undefined) return { value, diagnostics };
  const { url: found, etag } = fetched;
  return parsedFile(etag === undefined ? value : { ...value, etag }, found, found, limits);
}

async function realPathOrRefusal(
  file: string,
  { reader, permissions }: Loading,
): Promise<string | Refusal> {
  try {
    const real = await reader.realPath(file);
    return isAllowedFile(real, permissions) ? real : refusalOfLink();
  } catch (error) {
    if (error instanceof Error && "code" in error) return missingFile();
    throw error;
  }
}

/** What is wrong with a file that a reference names is told without a word of its text: it may be any file. */
function openedFile({ value, diagnostics }: Outcome<ParsedFile>, limits: Limits): Opened {
  if (value !== undefined && !hasErrors(diagnostics)) return { file: value, warnings: diagnostics };
  const first = diagnostics.find(({ severity }) => severity === "error");
  if (first?.code === "file-not-found") return { refusal: missingFile() };
  if (first?.code === "file-too-large") return { refusal: tooManyBytes(limits) };
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
    hint: "Bring the schemas together in fewer files, or raise limits.files in driftline.yaml.",
  };
}

function tooManyBytes({ bytes }: Limits): Refusal {
  return {
    code: "file-too-large",
    problem: `leads to a file with which the document would be larger than ${sizeText(bytes)}`,
    hint: "Refer to smaller files, or raise limits.bytes in driftline.yaml.",
  };
}

function notFetched(problem: string): Refusal {
  return {
    code: "fetch-failed",
    problem,
    hint: "Check the URL and what driftline.yaml says about its origin under references.origins.",
  };
}
