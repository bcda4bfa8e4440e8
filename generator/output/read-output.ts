import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { diagnostic } from "../diagnostics/codes.js";
import { outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { displayPath } from "../document/read-file.js";
import { isMissing, systemCode } from "./file-system.js";
import { MANIFEST_FILE, parseManifest, type Manifest } from "./manifest.js";
import type { Files } from "./compare.js";
import { below } from "./paths.js";

/** What an output folder holds at present. */
export interface PresentOutput {
  /** The manifest, unless nothing was ever generated there. */
  readonly manifest: Manifest | undefined;
  /** Its text. */
  readonly manifestText: string | undefined;
  /** Text files of kinds that driftline writes, and whatever the manifest lists. */
  readonly files: Files;
}

/** Reads an output folder without changing it; a folder that does not exist is empty. */
export async function readOutput(
  folder: string,
  expected: readonly string[],
): Promise<Outcome<PresentOutput>> {
  try {
    return await readPresent(folder, expected);
  } catch (error) {
    return { value: undefined, diagnostics: [unreadable(error, folder)] };
  }
}

async function readPresent(
  folder: string,
  expected: readonly string[],
): Promise<Outcome<PresentOutput>> {
  const text = readIfThere(path.join(folder, MANIFEST_FILE));
  const manifest = manifestOrNothing(text, folder);
  if (manifest.diagnostics.length > 0)
    return { value: undefined, diagnostics: manifest.diagnostics };
  const listed = [...(manifest.value?.files.keys() ?? []), ...expected];
  const paths = new Set([...(await sourcesBelow(folder)), ...listed]);
  const present = [...paths].flatMap((file) => {
    const text = readIfThere(below(folder, file));
    return text === undefined ? [] : [[file, text] as const];
  });
  return outcome({
    manifest: manifest.value,
    manifestText: text,
    files: new Map(present),
  });
}

/** Reads the manifest of an output folder; the value is `undefined` where there is none. */
export function readManifest(folder: string): Outcome<Manifest> {
  return manifestOrNothing(readIfThere(path.join(folder, MANIFEST_FILE)), folder);
}

function manifestOrNothing(text: string | undefined, folder: string): Outcome<Manifest> {
  return text === undefined
    ? { value: undefined, diagnostics: [] }
    : manifestIn(text, displayPath(path.join(folder, MANIFEST_FILE)));
}

/** What the text of a manifest says. @param name what findings call the file */
export function manifestIn(text: string, name: string): Outcome<Manifest> {
  const value = parseManifest(text);
  if (value !== undefined) return outcome(value);
  const finding = diagnostic("invalid-manifest", {
    message: "This is not a manifest that driftline wrote.",
    hint: "Restore it from version control; or delete it together with the generated files, and generate them anew.",
    place: { path: name },
  });
  return { value: undefined, diagnostics: [finding] };
}

/** Files of the kinds that driftline writes below a folder: TypeScript and Markdown, other than those of packages and hidden folders; symbolic links are not followed. */
async function sourcesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(orNothing);
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
      if (entry.isFile()) return /\.(?:ts|md)$/.test(entry.name) ? [entry.name] : [];
      if (!entry.isDirectory() || hasOwnManifest(path.join(folder, entry.name))) return [];
      return (await sourcesBelow(path.join(folder, entry.name))).map(
        (file) => `${entry.name}/${file}`,
      );
    }),
  );
  return found.flat();
}

/** A folder with a manifest is an output of its own. */
function hasOwnManifest(folder: string): boolean {
  return readIfThere(path.join(folder, MANIFEST_FILE)) !== undefined;
}

/** The finding for an error of the operating system; any other error is a bug and goes on. */
function unreadable(error: unknown, folder: string): Diagnostic {
  const code = systemCode(error);
  if (code === undefined) throw error;
  const file =
    error instanceof Error && "path" in error && typeof error.path === "string"
      ? error.path
      : folder;
  return diagnostic("file-unreadable", {
    message: `The output cannot be read: ${code}.`,
    hint: "Check the folder and its permissions.",
    place: { path: displayPath(file) },
  });
}

/**
 * The text of a file, or `undefined` where there is none. It blocks: to read 1,215 small files one after the other takes
 * a third of the time that promises of all of them take.
 */
function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isMissing(error) || systemCode(error) === "EISDIR") return undefined;
    throw error;
  }
}

function orNothing(error: unknown): [] {
  if (isMissing(error)) return [];
  throw error;
}
