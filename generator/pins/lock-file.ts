import path from "node:path";
import { validate, type ConfigurationPlace } from "../config/validate.js";
import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { createLocator } from "../diagnostics/locate.js";
import {
  compareText,
  member,
  objectMember,
  setMember,
  sortedEntries,
  stringMember,
} from "../document/json.js";
import { LIMITS } from "../document/limits.js";
import { parseJson } from "../document/parse-json.js";
import {
  displayPath,
  readRegularFile,
  readSourceFile,
  type ReadBytes,
} from "../document/read-file.js";
import type { JsonObject, JsonValue, SourceFile } from "../document/source.js";
import { NO_PINS, type Pins } from "../names/pins.js";
import { nameFindings } from "./lock-names.js";
import schema from "./lock-schema.json" with { type: "json" };
import { pinsJson, pinsOf } from "./pins-json.js";

/** Name of the file: beside `driftline.yaml`, or in the output folder where there is no configuration. */
export const LOCK_FILE = "driftline.lock";

/** The service of a lock that belongs to one document without a configuration. */
export const ONLY_SERVICE = "client";

/** The version of the format that is read and written. */
const VERSION = 1;

/** What a lock says. */
export interface Lock {
  /** Absolute path of the file. */
  readonly file: string;
  /** The text that was read, with line feeds only; `undefined` where there is no file. */
  readonly text: string | undefined;
  readonly services: ReadonlyMap<string, LockedService>;
}

/** What a lock says of one service. */
export interface LockedService {
  /** SHA-256 of the document of which the client was made, overlays applied; `undefined` where none was. */
  readonly document: string | undefined;
  /** `undefined` where nothing was ever pulled. */
  readonly upstream: LockedUpstream | undefined;
  readonly pins: Pins;
  /** What the client was made of; `undefined` where nobody knows, so that only making it again tells. */
  readonly made: MadeRecord | undefined;
}

/** What a client was made of, and what was made: while all of that is the same, there is nothing to make. */
export interface MadeRecord {
  /**
   * SHA-256 of each file that the document depends on, by its path from the folder of the lock; `undefined` for a file
   * that was looked for in vain.
   */
  readonly sources: ReadonlyMap<string, string | undefined>;
  /** SHA-256 of everything that was asked for. */
  readonly settings: string;
  /** SHA-256 of the manifests, which have the hash of the generator and of each file. */
  readonly outputs: string;
  /** How many warnings were told. */
  readonly warnings: number;
  /** How many warnings were allowed, and so not told. */
  readonly allowed: number;
}

/** The published document, as it was taken over last. */
export interface LockedUpstream {
  readonly url: string;
  /** SHA-256 of the document. */
  readonly document?: string;
  /** Its `info.version`. */
  readonly version?: string;
  /** The validators with which it was fetched (RFC 9110, 8.8). */
  readonly etag?: string;
  readonly lastModified?: string;
}

const UNLOCKED: LockedService = {
  document: undefined,
  upstream: undefined,
  pins: NO_PINS,
  made: undefined,
};

/** What a lock says of a service: nothing where it is not in it. */
export function lockedService({ services }: Lock, service: string): LockedService {
  return services.get(service) ?? UNLOCKED;
}

/**
 * Reads the lock in a folder. One that does not exist says nothing; what is wrong with one has its place.
 *
 * @param nameOf what findings call it, by its absolute path
 */
export async function readLock(
  folder: string,
  readBytes: ReadBytes = readRegularFile,
  nameOf: (file: string) => string = displayPath,
): Promise<Outcome<Lock>> {
  const file = path.join(folder, LOCK_FILE);
  const { value, diagnostics } = await readSourceFile(nameOf(file), file, LIMITS, readBytes);
  if (value !== undefined) return parseLock(file, value);
  return diagnostics.every(({ code }) => code === "file-not-found")
    ? outcome({ file, text: undefined, services: new Map() })
    : { value: undefined, diagnostics };
}

/** What the text of a lock says. It may have been edited, merged or made up, so that all of it is looked at. */
export function parseLock(file: string, source: SourceFile): Outcome<Lock> {
  const marker = conflictMarker(source);
  if (marker !== undefined) return { value: undefined, diagnostics: [marker] };
  const parsed = parseJson(source, LIMITS);
  if (parsed.value === undefined || hasErrors(parsed.diagnostics))
    return { value: undefined, diagnostics: parsed.diagnostics };
  const findings = lockFindings(parsed.value, source);
  if (hasErrors(findings)) return { value: undefined, diagnostics: findings };
  const services = sortedEntries(objectMember(parsed.value, "services"));
  return outcome({
    file,
    text: source.text,
    services: new Map(services.map(([name, entry]) => [name, serviceOf(entry)])),
  });
}

/** The lock with other entries for some services; all others stay. */
export function withServices(lock: Lock, services: ReadonlyMap<string, LockedService>): Lock {
  return { ...lock, services: new Map([...lock.services, ...services]) };
}

/** A lock as it is written: sorted keys, line feeds, one entry on each line. */
export function lockText({ services }: Pick<Lock, "services">): string {
  const sorted = [...services].sort(([left], [right]) => compareText(left, right));
  const entries = Object.fromEntries(sorted.map(([name, entry]) => [name, entryJson(entry)]));
  return `${JSON.stringify({ version: VERSION, services: entries }, undefined, 2)}\n`;
}

function entryJson({ document, upstream, pins, made }: LockedService): JsonValue {
  return {
    ...(document === undefined ? {} : { document }),
    ...(made === undefined ? {} : { made: recordJson(made) }),
    ...(upstream === undefined ? {} : { upstream: { ...upstream } }),
    ...pinsJson(pins),
  };
}

function serviceOf(entry: JsonValue): LockedService {
  return {
    document: stringMember(entry, "document"),
    upstream: upstreamOf(entry),
    pins: pinsOf(entry),
    made: recordOf(objectMember(entry, "made")),
  };
}

function recordJson({ sources, settings, outputs, warnings, allowed }: MadeRecord): JsonObject {
  const hashes: JsonObject = {};
  for (const [file, hash] of sources) setMember(hashes, file, hash ?? null);
  return {
    sources: Object.fromEntries(sortedEntries(hashes)),
    settings,
    outputs,
    ...(warnings === 0 ? {} : { warnings }),
    ...(allowed === 0 ? {} : { allowed }),
  };
}

function recordOf(made: JsonObject | undefined): MadeRecord | undefined {
  const settings = stringMember(made, "settings");
  const outputs = stringMember(made, "outputs");
  if (settings === undefined || outputs === undefined) return undefined;
  const sources = sortedEntries(objectMember(made, "sources")).map(
    ([file, hash]) => [file, typeof hash === "string" ? hash : undefined] as const,
  );
  const count = (key: string): number => {
    const value = member(made, key);
    return typeof value === "number" ? value : 0;
  };
  return {
    sources: new Map(sources),
    settings,
    outputs,
    warnings: count("warnings"),
    allowed: count("allowed"),
  };
}

function upstreamOf(entry: JsonValue): LockedUpstream | undefined {
  const upstream = objectMember(entry, "upstream");
  const url = stringMember(upstream, "url");
  if (url === undefined) return undefined;
  const texts = (["document", "version", "etag", "lastModified"] as const).flatMap((key) => {
    const text = stringMember(upstream, key);
    return text === undefined ? [] : [[key, text] as const];
  });
  return { url, ...Object.fromEntries(texts) };
}

/* -------------------------------------------------------------------- findings */

/** Git writes such lines where two versions of a file could not be joined; seven signs are its default. */
const MARKER = /^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$/m;

function conflictMarker(source: SourceFile): Diagnostic | undefined {
  const match = MARKER.exec(source.text);
  if (match === null) return undefined;
  const line = source.text.slice(0, match.index).split("\n").length;
  return diagnostic("lock-conflict", {
    message: "Here two versions of the file were merged, and nobody has decided between them.",
    hint: 'Keep the entries of both sides and delete the marks; or take either side, and run "driftline generate", which adds what is missing.',
    place: { file: source, line, column: 1 },
  });
}

function lockFindings(value: JsonValue, source: SourceFile): readonly Diagnostic[] {
  const locator = createLocator();
  const place: ConfigurationPlace = (pointer, at) => locator.inFile(source, pointer, at);
  const version = member(value, "version");
  if (typeof version === "number" && version > VERSION) return [newerLock(version, place)];
  const findings = validate(value, schema, place).map(({ message, place: at }) =>
    diagnostic("invalid-lock", {
      message,
      hint: RESTORE,
      ...(at === undefined ? {} : { place: at }),
    }),
  );
  if (findings.length > 0) return findings;
  return sortedEntries(objectMember(value, "services")).flatMap(([service, entry]) =>
    nameFindings(service, entry, place),
  );
}

const RESTORE =
  'Restore the file from version control, or delete the entry: "driftline generate" makes it anew.';

function newerLock(version: number, place: ConfigurationPlace): Diagnostic {
  return diagnostic("newer-lock", {
    message: `This file has version ${version}, and this driftline knows version ${VERSION}.`,
    hint: "Update driftline to the version that the others use who work on this.",
    place: place("/version", "value"),
  });
}
