import path from "node:path";
import type { Language } from "../config/language.js";
import type { LoadedDocument } from "../document/document-input.js";
import { textHash, valueHash } from "../document/hashes.js";
import { parseLocation } from "../document/location.js";
import type { JsonValue } from "../document/source.js";
import type { MadeRecord } from "../pins/lock-file.js";
import type { FilterEntry, OperationFilter } from "../select/selection.js";
import type { ServiceOptions } from "./pipeline-port.js";
import type { Target, Targets } from "./targets.js";

/** What a run told about a document. */
export interface Told {
  readonly warnings: number;
  readonly allowed: number;
}

/**
 * The record of a client that is made now; `undefined` where nobody could tell later whether something has changed: a
 * part of the document came from elsewhere than a file. Its paths lead from the folder of the lock, and tell nothing of
 * the machine: a configuration has such paths itself, and without one all has to lie in the working directory.
 *
 * @param manifests the texts of all manifests of the client's files
 */
export function madeRecord(
  target: Target,
  { lockFolder, language, files }: Pick<Targets, "lockFolder" | "language" | "files">,
  { hashes }: LoadedDocument,
  manifests: readonly string[],
  told: Told,
): MadeRecord | undefined {
  const isConfigured = files.length > 0;
  // What was fetched, or given by a program, has no hash.
  const isRead = hashes.get(path.resolve(target.input.file)) !== undefined;
  if (!isOfFiles(target) || !isRead) return undefined;
  if (!isConfigured && ![lockFolder, ...hashes.keys()].every(isHere)) return undefined;
  const sources = [...hashes].map(([file, hash]) => [pathFrom(lockFolder, file), hash] as const);
  return {
    sources: new Map(sources),
    settings: settingsHash(target, lockFolder, language),
    outputs: outputsHash(manifests),
    ...told,
  };
}

function isHere(file: string): boolean {
  const way = path.relative(process.cwd(), file);
  return way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/** Whether all of a document comes from files. */
export function isOfFiles({ input }: Pick<Target, "input">): boolean {
  const location = parseLocation(input.file);
  const isFile = "kind" in location && location.kind === "file";
  return isFile && (input.settings?.origins ?? []).length === 0;
}

/** SHA-256 of the texts of manifests. */
export function outputsHash(manifests: readonly string[]): string {
  return textHash(manifests.join("\n"));
}

/** SHA-256 of everything that is asked for besides the bytes of files. */
export function settingsHash(
  { input, options, policy, folder }: Target,
  lockFolder: string,
  language: Language,
): string {
  const { folders = [], limits = {} } = input.settings ?? {};
  return valueHash({
    input: pathFrom(lockFolder, path.resolve(input.file)),
    overlays: (input.overlays ?? []).map((file) => pathFrom(lockFolder, path.resolve(file))),
    folders: folders.map((allowed) => pathFrom(lockFolder, allowed)),
    limits: { ...limits },
    options: configurationHash(options, language),
    strict: policy.strict,
    allow: policy.allow.map(({ code, isForSeveral = false }) => [code, isForSeveral]),
    folder: pathFrom(lockFolder, folder),
  });
}

/** The same wherever the project lies. */
export function pathFrom(folder: string, file: string): string {
  return path.relative(folder, file).replaceAll(path.sep, "/");
}

/** SHA-256 of what decides the files of a client. The texts of helpers are part of the generator's own hash. */
export function configurationHash(options: ServiceOptions, language: Language): string {
  const { name, int64, runtime, extensions, helpers, selection, bridges, pages } = options;
  return valueHash({
    ...(name === undefined ? {} : { name }),
    ...(int64 === undefined ? {} : { int64 }),
    runtime,
    ...(language === "typescript" ? {} : { language }),
    ...(bridges === undefined ? {} : { bridges: [...bridges] }),
    ...(pages === undefined ? {} : { pages: { ...pages } }),
    ...(helpers === undefined ? {} : { helpers: helpers.map(({ name }) => name) }),
    ...(extensions === undefined ? {} : { extensions: { ...extensions } }),
    ...(selection === undefined
      ? {}
      : {
          include: filterTexts(selection.include),
          exclude: filterTexts(selection.exclude),
          prune: selection.prune,
        }),
  });
}

/** A filter without the places where the configuration has its entries. */
function filterTexts(filter: OperationFilter | undefined): JsonValue {
  if (filter === undefined) return null;
  const texts = (entries: readonly FilterEntry[]): string[] => entries.map(({ text }) => text);
  const { tags, paths, operations, deprecated } = filter;
  return { tags: texts(tags), paths: texts(paths), operations: texts(operations), deprecated };
}
