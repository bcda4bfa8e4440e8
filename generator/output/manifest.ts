import { isObject, member, objectMember, sortedEntries, stringMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import type { GeneratedFile } from "./generated-file.js";
import { textHash } from "../document/hashes.js";
import { isSafePath } from "./paths.js";

/** Name of the file in which every output folder records what was written there and from what. */
export const MANIFEST_FILE = "driftline-manifest.json";

/** What decides the bytes of an output folder, as SHA-256 each. */
export interface Inputs {
  /** Of the canonical document; absent for the shared runtime, which is made of no document. */
  readonly document?: string;
  /** Of the canonical options of the service; absent for the shared runtime. */
  readonly configuration?: string;
  /** Of the names that `driftline.lock` keeps; absent for the shared runtime. */
  readonly names?: string;
  /** Of the generator's own sources, see `generator-identity.ts`. */
  readonly generator: string;
}

/** The record of one output folder. It holds no time, no host and no path of a machine. */
export interface Manifest extends Inputs {
  /** The version of driftline that wrote the folder. */
  readonly driftline: string;
  /** SHA-256 of every generated file by its path below the folder. */
  readonly files: ReadonlyMap<string, string>;
}

/** Makes the manifest of files that are about to be written. */
export function manifestOf(
  driftline: string,
  inputs: Inputs,
  files: readonly GeneratedFile[],
): Manifest {
  return {
    driftline,
    ...inputs,
    files: new Map(files.map(({ path, text }) => [path, textHash(text)])),
  };
}

/** The manifest as it is written: sorted keys, line feeds. */
export function manifestText(manifest: Manifest): string {
  const { driftline, document, configuration, generator, names } = manifest;
  const hashes: JsonObject = Object.fromEntries(manifest.files);
  const files = Object.fromEntries(sortedEntries(hashes));
  return `${JSON.stringify({ configuration, document, driftline, files, generator, names }, undefined, 2)}\n`;
}

/**
 * Reads a manifest. It may come from anywhere, so that paths that would leave the folder make it invalid:
 * the result is then `undefined`.
 */
export function parseManifest(text: string): Manifest | undefined {
  const value = parsed(text);
  const driftline = stringMember(value, "driftline");
  const generator = stringMember(value, "generator");
  const files = objectMember(value, "files");
  if (driftline === undefined || generator === undefined || files === undefined) return undefined;
  if (!Object.entries(files).every(([path, hash]) => isSafePath(path) && typeof hash === "string"))
    return undefined;
  return {
    driftline,
    generator,
    ...optionalHash(value, "document"),
    ...optionalHash(value, "configuration"),
    ...optionalHash(value, "names"),
    files: hashesOf(files),
  };
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function optionalHash<K extends "document" | "configuration" | "names">(
  value: JsonValue | undefined,
  key: K,
): Partial<Record<K, string>> {
  const hash = isObject(value) ? member(value, key) : undefined;
  return (typeof hash === "string" ? { [key]: hash } : {}) as Partial<Record<K, string>>;
}

function hashesOf(files: JsonObject): ReadonlyMap<string, string> {
  return new Map(
    sortedEntries(files).map(([path, hash]) => [path, typeof hash === "string" ? hash : ""]),
  );
}
