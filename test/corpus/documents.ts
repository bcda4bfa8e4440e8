import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { textHash } from "../../generator/document/hashes.js";
import { compareText } from "../../generator/document/json.js";

/** A file that may be an OpenAPI document. */
export interface Candidate {
  /** Path below the folder that is run, with forward slashes. */
  readonly path: string;
  readonly file: string;
}

/** A file with what its text tells. */
export interface CorpusDocument extends Candidate {
  /** Whether it is the root of an OpenAPI document. */
  readonly isDocument: boolean;
  /** SHA-256 of its text. */
  readonly hash: string;
}

/** All JSON and YAML files below a folder, sorted by path. What packages bring along is none of the folder's. */
export function candidatesBelow(folder: string): readonly Candidate[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:json|ya?ml)$/i.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ path: path.relative(folder, file).replaceAll(path.sep, "/"), file }))
    .filter((candidate) => !candidate.path.split("/").includes("node_modules"))
    .sort((left, right) => compareText(left.path, right.path));
}

/** Reads a file, and tells by its text whether it is a document: one that is broken may not parse. */
export function readDocument(candidate: Candidate): CorpusDocument {
  const text = readFileSync(candidate.file, "utf8");
  return { ...candidate, isDocument: isDocument(text), hash: textHash(text) };
}

/** Tells whether a text is meant as the root of an OpenAPI document. */
export function isDocument(text: string): boolean {
  return VERSION_FIELD.test(text);
}

/** `"openapi": "3.` and `swagger: '2.`; what is no JSON has the field at the start of a line. */
const VERSION_FIELD =
  /(?:^\uFEFF?|\n|^\{\s*)["']?(?:openapi|swagger)["']?\s*:\s*["']?\d|"(?:openapi|swagger)"\s*:\s*"?\d/;

/**
 * Some of many, the same ones for the same seed whatever their order: those whose name and seed have the smallest hash.
 * Gives them in the order in which they were.
 */
export function sampleOf(
  all: readonly Candidate[],
  size: number,
  seed: number,
): readonly Candidate[] {
  if (size >= all.length) return all;
  const ranked = all
    .map((candidate) => ({ candidate, rank: textHash(`${seed} ${candidate.path}`) }))
    .sort((left, right) => compareText(left.rank, right.rank));
  const chosen = new Set(ranked.slice(0, size).map(({ candidate }) => candidate));
  return all.filter((candidate) => chosen.has(candidate));
}
