import path from "node:path";
import type { DiagnosticCode } from "../diagnostics/codes.js";
import { fragmentPointer, percentDecoded } from "./pointer.js";

/** Where a reference leads: a pointer in the same file, or in another one. */
export interface Address {
  /** Absolute path; `undefined` for the same file. */
  readonly path: string | undefined;
  readonly pointer: string;
}

/** Why a reference is not followed. */
export interface Refusal {
  readonly code: DiagnosticCode;
  readonly problem: string;
  readonly hint: string;
}

const OUTSIDE: Refusal = {
  code: "reference-outside-root",
  problem: "leads out of the folder of the root document",
  hint: "Move the file to the root document's folder or below it, and refer to it by a relative path.",
};

const REMOTE: Refusal = {
  code: "remote-reference-refused",
  problem: "is a URL, and driftline fetches nothing that a document names",
  hint: "Save the file beside the document and refer to it by a relative path.",
};

const MALFORMED: Refusal = {
  code: "invalid-reference",
  problem: "is not a relative path with forward slashes",
  hint: 'Write it like $ref: "schemas/pet.yaml#/Pet".',
};

const NO_POINTER: Refusal = {
  code: "invalid-reference",
  problem: "has a fragment that is no JSON pointer; anchors are not supported",
  hint: 'Write it like $ref: "#/components/schemas/Name".',
};

/**
 * Decides where a reference leads and whether it may be followed. Documents are untrusted: no network, and no file
 * outside the root folder. Symbolic links are a second check, made when the file is opened.
 *
 * @param from absolute path of the file that has the reference
 * @param root absolute path of the folder that must not be left
 */
export function addressOf(uri: string, from: string, root: string): Address | Refusal {
  const pointer = fragmentPointer(uri);
  const file = uri.split("#", 1)[0] ?? "";
  const decoded = percentDecoded(file);
  const refusal = [file, decoded].map(refusalOf).find((found) => found !== undefined);
  if (refusal !== undefined) return refusal;
  if (pointer === undefined) return NO_POINTER;
  if (file === "") return { path: undefined, pointer };
  const target = path.resolve(path.dirname(from), decoded);
  return isInside(target, root) ? { path: target, pointer } : OUTSIDE;
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

function refusalOf(file: string): Refusal | undefined {
  if (/^(?:file:|[a-z]:|\\|\/(?!\/))/i.test(file)) return OUTSIDE;
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(file)) return REMOTE;
  return /[\\\p{Cc}]/u.test(file) ? MALFORMED : undefined;
}

/** The refusal of a file whose real path, symbolic links resolved, is outside the root folder. */
export function refusalOfLink(): Refusal {
  return {
    ...OUTSIDE,
    problem: "leads through a symbolic link out of the folder of the root document",
  };
}
