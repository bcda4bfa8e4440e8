import path from "node:path";
import type { DocumentSurface } from "../document-side.js";
import type { Finding, UsageSpot } from "../finding.js";
import { openClient } from "./open-client.js";
import { openProgram } from "./open-program.js";
import { readMentions, type Mention } from "./read-mentions.js";
import { targetsOf, type Targets } from "./targets.js";

/** Whose code is looked through, and which client it uses. */
export interface UsageSearch {
  /** The folder that the user is in: globs and the paths of spots are relative to it. */
  readonly folder: string;
  /** Globs of the user's own files, such as `src/**\/*.ts`. */
  readonly globs: readonly string[];
  /** The folder of the generated client on the disk, of the old document, that the code imports. */
  readonly client: string;
  /** What that client was made of. */
  readonly surface: DocumentSurface;
}

/**
 * Gives findings with the places of the user's code that each touches: calls of methods, reads and writes of members
 * that changed, uses of exported types. Symbols decide and not texts: the compiler knows what every name means. Code is
 * read and never run.
 */
export function findUsages(
  findings: readonly Finding[],
  { folder, globs, client, surface }: UsageSearch,
): readonly Finding[] {
  const { program, files } = openProgram(folder, globs, client);
  const generated = openClient(program, client);
  if (generated === undefined) return findings.map((finding) => ({ ...finding, usages: [] }));
  const targets = findings.map((finding) => targetsOf(finding, generated, surface));
  const mentions = files
    .filter((file) => !isInside(file.fileName, client))
    .flatMap((file) => readMentions(program.getTypeChecker(), file));
  return findings.map((finding, index) => {
    const own = targets[index];
    return { ...finding, usages: own === undefined ? [] : spotsOf(mentions, own, folder) };
  });
}

function isInside(file: string, folder: string): boolean {
  return !path.relative(folder, file).startsWith("..");
}

function spotsOf(
  mentions: readonly Mention[],
  { declarations, operations, value }: Targets,
  folder: string,
): readonly UsageSpot[] {
  const spots = new Map<string, UsageSpot>();
  for (const mention of mentions) {
    const isMeant =
      mention.declarations.some((declaration) => declarations.has(declaration)) ||
      (mention.operation !== undefined && operations.has(mention.operation));
    const isOther = value !== undefined && mention.value !== undefined && mention.value !== value;
    if (!isMeant || isOther) continue;
    const spot = spotOf(mention, folder);
    spots.set(`${spot.file}:${spot.line}:${spot.column}`, spot);
  }
  return [...spots.values()];
}

function spotOf({ file, start }: Mention, folder: string): UsageSpot {
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const text = file.text.split(/\r\n|[\r\n]/)[line] ?? "";
  const name = path.relative(folder, file.fileName).split(path.sep).join("/");
  return { file: name, line: line + 1, column: character + 1, text: text.trim() };
}
