import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { DiagnosticCode } from "../diagnostics/codes.js";
import { quoted } from "../diagnostics/quoted.js";
import type { ParsedFile } from "./find-references.js";
import { absoluteUri } from "./identifiers.js";
import { percentDecoded } from "./pointer.js";

/** What references may read: nothing else is read. Documents are untrusted. */
export interface Permissions {
  /** Absolute paths; that of the root document's folder comes first. */
  readonly folders: readonly string[];
  /** Origins from which files may be fetched, as `URL` writes them. */
  readonly origins: ReadonlySet<string>;
  /** Whether this is all there is, so that no hint tells how to allow more. Default: no. */
  readonly isComplete?: boolean;
}

/** Where a reference leads. */
export interface Address {
  /** What the reference means, absolute and without fragment; a schema or a file that is known may have this URI. */
  readonly uri: string;
  /** Percent-decoded: a JSON pointer, an anchor or nothing. */
  readonly fragment: string;
  /** Where to read what is not known yet: an absolute path or a URL, unless that is refused. */
  readonly location?: string;
  readonly refusal?: Refusal;
  /** The path of the file that would be meant if the schema had no `$id`. */
  readonly beside?: string;
}

/** Why a reference is not followed. */
export interface Refusal {
  readonly code: DiagnosticCode;
  readonly problem: string;
  readonly hint: string;
}

/**
 * Decides what a reference means and whether it may be read (RFC 3986, 5.2). Symbolic links and redirections are a
 * second check, made when something is opened.
 *
 * @param base the URI that it is relative to: that of the file, or an `$id`
 */
export function addressOf(
  reference: string,
  base: string,
  file: ParsedFile,
  permissions: Permissions,
): Address {
  const [text = "", ...rest] = reference.split("#");
  const fragment = percentDecoded(rest.join("#"));
  if (text === "") return { uri: base, fragment };
  if (hasScheme(text) || base !== file.uri)
    return { ...uriAddress(text, base, file, permissions), fragment };
  if (!isLocal(file)) return { ...uriAddress(text, base, file, permissions), fragment };
  const refusal = refusalOfPath(text) ?? refusalOfPath(percentDecoded(text));
  if (refusal !== undefined) return { uri: "", fragment, refusal };
  const target = pathBeside(file, text);
  return { uri: pathToFileURL(target).href, fragment, ...fileAccess(target, permissions) };
}

/** Tells whether a file was read from disk. */
export function isLocal({ path }: Pick<ParsedFile, "path">): boolean {
  return !isUrl(path);
}

/** Tells a URL from a path. */
export function isUrl(location: string): boolean {
  return /^https?:\/\//.test(location);
}

/** Tells whether a path is below a folder; both absolute. */
export function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return (
    relative !== "" &&
    relative !== ".." &&
    !relative.startsWith(`..${path.sep}`) &&
    !path.isAbsolute(relative)
  );
}

/** Tells whether a file may be read. */
export function isAllowedFile(file: string, { folders }: Permissions): boolean {
  return folders.some((folder) => isInside(file, folder));
}

/** The refusal of a file whose real path, symbolic links resolved, is in no folder that may be read. */
export function refusalOfLink(): Refusal {
  return {
    code: "reference-outside-root",
    problem: "leads through a symbolic link out of the folders that may be read",
    hint: "Put the file itself in place of the link, or allow the folder that the link leads to.",
  };
}

/** A URI that stands by itself, or is relative to one. */
function uriAddress(
  text: string,
  base: string,
  file: ParsedFile,
  permissions: Permissions,
): Omit<Address, "fragment"> {
  const uri = absoluteUri(text, base);
  const beside = isLocal(file) && !hasScheme(text) ? fileBeside(file, text, permissions) : {};
  if (uri === undefined) return { uri: "", refusal: refusalOfPath(text) ?? MALFORMED, ...beside };
  return { uri, ...accessTo(uri, text, file, permissions), ...beside };
}

type Access = Pick<Address, "location" | "refusal">;

function accessTo(uri: string, text: string, file: ParsedFile, permissions: Permissions): Access {
  const { protocol, origin } = new URL(uri);
  if (protocol === "https:" || protocol === "http:") {
    return permissions.origins.has(origin)
      ? { location: uri }
      : { refusal: remote(origin, protocol, permissions) };
  }
  if (protocol !== "file:") return { refusal: UNKNOWN_NAME };
  if (!isLocal(file) || hasScheme(text)) return { refusal: refusalOfPath(text) ?? ABSOLUTE };
  const target = pathOfUri(uri);
  return target === undefined ? { refusal: MALFORMED } : fileAccess(target, permissions);
}

function pathOfUri(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

function fileAccess(target: string, permissions: Permissions): Access {
  return isAllowedFile(target, permissions)
    ? { location: target }
    : { refusal: outside(path.dirname(target), permissions) };
}

function fileBeside(
  file: ParsedFile,
  text: string,
  permissions: Permissions,
): Pick<Address, "beside"> {
  if ((refusalOfPath(text) ?? refusalOfPath(percentDecoded(text))) !== undefined) return {};
  const target = pathBeside(file, text);
  return isAllowedFile(target, permissions) ? { beside: target } : {};
}

function pathBeside(file: ParsedFile, text: string): string {
  return path.resolve(path.dirname(file.path), percentDecoded(text));
}

/** A letter alone is a drive of Windows. */
function hasScheme(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(text);
}

/** What is wrong with a text that should be a relative path. */
function refusalOfPath(text: string): Refusal | undefined {
  if (/^(?:file:|[a-z]:|\\|\/(?!\/))/i.test(text)) return ABSOLUTE;
  if (text.startsWith("//") || hasScheme(text)) return NO_RELATIVE_PATH;
  return /[\\\p{Cc}]/u.test(text) ? MALFORMED : undefined;
}

const ABSOLUTE: Refusal = {
  code: "reference-outside-root",
  problem: "is an absolute path, which means something else on every machine",
  hint: "Refer to the file by a relative path.",
};

const MALFORMED: Refusal = {
  code: "invalid-reference",
  problem: "is neither a URI nor a relative path with forward slashes",
  hint: 'Write it like $ref: "schemas/pet.yaml#/Pet".',
};

const NO_RELATIVE_PATH: Refusal = {
  code: "remote-reference-refused",
  problem: "is no relative path, and nothing is fetched that is not named in full",
  hint: "Save the file beside the document and refer to it by a relative path.",
};

const UNKNOWN_NAME: Refusal = {
  code: "remote-reference-refused",
  problem:
    "is neither a path nor a URL of https, so that it can only be an $id, and no schema of the document has it",
  hint: "Give the schema that is meant this $id, or refer to it by a path.",
};

function outside(folder: string, { isComplete = false }: Permissions): Refusal {
  const refusal = {
    code: "reference-outside-root",
    problem: "leads out of the folder of the root document",
  } as const;
  if (isComplete) return { ...refusal, hint: "Give the file a path without ../ at its beginning." };
  const shown = path.relative(process.cwd(), folder).replaceAll(path.sep, "/");
  return {
    ...refusal,
    hint:
      "Move the file to that folder or below it; or, if you trust the document, allow the folder in driftline.yaml: " +
      `references: { folders: [${quoted(shown === "" ? "." : shown)}] } (with --input: --allow-folder).`,
  };
}

function remote(origin: string, protocol: string, { isComplete = false }: Permissions): Refusal {
  const save = "Save the file beside the document and refer to it by a relative path";
  if (protocol === "http:" && !isLoopback(origin)) {
    return {
      code: "remote-reference-refused",
      problem: "is a URL without TLS, and such are never fetched",
      hint: `${save}, or use https.`,
    };
  }
  return {
    code: "remote-reference-refused",
    problem: "is a URL of an origin from which nothing may be fetched",
    hint: isComplete
      ? `${save}.`
      : `${save}; or, if you trust the origin, allow it in driftline.yaml: ` +
        `references: { origins: [${quoted(origin)}] } (with --input: --allow-origin).`,
  };
}

/** Tells whether an origin is the machine itself, where plain HTTP is safe. */
export function isLoopback(origin: string): boolean {
  const { hostname } = new URL(origin);
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
