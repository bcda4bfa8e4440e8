import { compareText } from "../document/json.js";
import type { FoundDocument } from "./project.js";

/** How much of a file is looked at, in bytes: the version stands near the top of every document that people write. */
export const HEAD_BYTES = 4096;

/** Folders that are not looked into: what is there is somebody else's, or made of what is elsewhere. */
const SKIPPED: ReadonlySet<string> = new Set([
  "build",
  "coverage",
  "dist",
  "generated",
  "node_modules",
  "out",
  "target",
  "tmp",
  "vendor",
]);

/** Whether a folder may hold documents of the project. */
export function isSearched(folder: string): boolean {
  return !folder.startsWith(".") && !SKIPPED.has(folder);
}

/** Whether a file may be a document by its name. */
export function isCandidate(file: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(file) && !file.startsWith(".") && !OTHERS.test(file);
}

/** Files that are long, that many projects have, and that are never documents. */
const OTHERS =
  /^(?:package|package-lock|npm-shrinkwrap|tsconfig.*|pnpm-lock|composer)\.(?:json|yaml)$/;

/** A field `openapi` or `swagger` of the root, in YAML or JSON. */
const VERSION = /^(?:\s*\{)?[ \t]*["']?(openapi|swagger)["']?\s*:\s*["']?([23](?:\.\d+){0,2})\b/m;

/** What the beginning of a file says that it is; `undefined`: no document. */
export function documentOf(path: string, head: string): FoundDocument | undefined {
  const [, field, version] = VERSION.exec(head) ?? [];
  if (field === undefined || version === undefined) return undefined;
  return { path, specification: `${field === "swagger" ? "Swagger" : "OpenAPI"} ${version}` };
}

/** The documents of a project, the one that is most likely meant first. */
export function byLikelihood(documents: readonly FoundDocument[]): readonly FoundDocument[] {
  return [...documents].sort(
    (left, right) =>
      rankOf(left.path) - rankOf(right.path) ||
      left.path.split("/").length - right.path.split("/").length ||
      compareText(left.path, right.path),
  );
}

/** Examples and fixtures of tests are documents, too, but hardly ever the one that is meant. */
function rankOf(path: string): number {
  const isAside = /(?:^|\/)(?:tests?|__tests__|fixtures?|examples?|samples?|mocks?)\//i.test(path);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isNamedSo = /^(?:openapi|swagger|api)\b/i.test(name);
  return (isAside ? 2 : 0) + (isNamedSo ? 0 : 1);
}
