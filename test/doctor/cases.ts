import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../support/repository.js";

/*
 * A case is a folder: `document.yaml`, the overlay that doctor offers for it in `repairs.overlay.yaml`, and what it tells
 * in `findings.txt`. `UPDATE_GOLDEN=1` writes the last two.
 */

const FOLDER = "test/doctor/cases";

/** The names of all cases, sorted. */
export function doctorCases(): readonly string[] {
  return readdirSync(repository(FOLDER)).sort();
}

/** The path of a file of a case, relative to the repository. */
export function fileOfCase(name: string, file: string): string {
  return path.posix.join(FOLDER, name, file);
}

/** What a file of a case holds; empty where there is none. */
export function expectedText(name: string, file: string): string {
  const full = repository(fileOfCase(name, file));
  return existsSync(full) ? readFileSync(full, "utf8") : "";
}

/** Keeps a text for a file of a case, when what is expected is to be rewritten. */
export function keep(name: string, file: string, text: string): void {
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(repository(fileOfCase(name, file)), text);
}
