import type { ConfigurationPlace } from "../config/validate.js";
import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { isFirstLetter, isLetter } from "../document/letters.js";
import { pointerTo } from "../document/pointer.js";
import type { JsonValue } from "../document/source.js";
import { usualStem } from "../names/pins.js";
import { pinsOf } from "./pins-json.js";

/** Names have up to 100 characters, and a part of a hash and an ending behind them: see `names/collisions.ts`. */
const LONGEST_NAME = 115;

/** A name in a lock, and where it stands. */
interface LockedName {
  readonly name: string;
  /** Names of one kind may not even differ in case only. */
  readonly kind: "client" | "class" | "type" | "method" | "property" | "file";
  readonly tokens: readonly string[];
  readonly at: "key" | "value";
}

/**
 * What is wrong with the names of one service in a lock, whose form has been looked at: those that are no names, and
 * those that stand twice. Names of this file get into code.
 */
export function nameFindings(
  service: string,
  entry: JsonValue,
  place: ConfigurationPlace,
): readonly Diagnostic[] {
  const placeOf = ({ tokens, at }: LockedName): ReturnType<ConfigurationPlace> =>
    place(pointerTo("services", service, ...tokens), at);
  const names = [...namesOf(entry)];
  const wrong = [...names, ...earlierNames(entry)].filter((found) => !isName(found));
  return [
    ...wrong.map((found) => noName(found.name, placeOf(found))),
    ...doubles(names).map((found) => double(found.name, placeOf(found))),
  ];
}

/** The names that things have now. */
function* namesOf(entry: JsonValue): Iterable<LockedName> {
  const pins = pinsOf(entry);
  if (pins.client !== undefined)
    yield { name: pins.client, kind: "client", tokens: ["client"], at: "value" };
  for (const [name, { property, file }] of pins.classes) {
    yield { name, kind: "class", tokens: ["classes", name], at: "key" };
    yield { name: property, kind: "property", tokens: ["classes", name, "property"], at: "value" };
    yield { name: file, kind: "file", tokens: ["classes", name, "file"], at: "value" };
  }
  for (const [key, { methodName }] of pins.operations)
    yield { name: methodName, kind: "method", tokens: ["operations", key], at: "value" };
  for (const list of ["types", "inputTypes", "formTypes"] as const)
    for (const [key, name] of pins[list])
      yield { name, kind: "type", tokens: [list, key], at: "value" };
}

/** Names beside those: of classes that operations are in, of stems, and of what has another name now. */
function* earlierNames(entry: JsonValue): Iterable<LockedName> {
  const { operations, aliases } = pinsOf(entry);
  for (const [key, { className, methodName, typeStem }] of operations) {
    yield { name: className, kind: "class", tokens: ["operations", key], at: "value" };
    if (typeStem !== usualStem(methodName))
      yield { name: typeStem, kind: "type", tokens: ["stems", key], at: "value" };
  }
  for (const [key, { typeStem }] of aliases) {
    const [first = "", methodName] = key.split(".");
    yield { name: first, kind: "type", tokens: ["aliases", key], at: "key" };
    if (methodName === undefined || typeStem === undefined) continue;
    yield { name: methodName, kind: "method", tokens: ["aliases", key], at: "key" };
    if (typeStem !== usualStem(methodName))
      yield { name: typeStem, kind: "type", tokens: ["aliases", key, "stem"], at: "value" };
  }
}

/**
 * All but the first of those that are alike: whatever their case among names of one kind, as `assignNames` has it, and
 * as they stand among all that a client exports.
 */
function doubles(names: readonly LockedName[]): readonly LockedName[] {
  const seen = new Set<string>();
  return names.filter(({ name, kind }) => {
    const isExported = kind === "client" || kind === "class" || kind === "type";
    const keys = [`${kind} ${name.toLowerCase()}`, ...(isExported ? [`exported ${name}`] : [])];
    const isDouble = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return isDouble;
  });
}

function isName({ name, kind }: LockedName): boolean {
  if (name.length > LONGEST_NAME) return false;
  // The form of file names is looked at before.
  if (kind === "file") return true;
  return isFirstLetter(name.charAt(0)) && Array.from(name).every((letter) => isLetter(letter));
}

function noName(name: string, place: ReturnType<ConfigurationPlace>): Diagnostic {
  return diagnostic("invalid-lock", {
    message: `${quoted(name)} is no name that a client can have.`,
    hint: 'Delete the entry: "driftline generate" makes it anew.',
    place,
  });
}

function double(name: string, place: ReturnType<ConfigurationPlace>): Diagnostic {
  return diagnostic("pinned-twice", {
    message: `The name ${quoted(name)} stands twice in the names of this service.`,
    hint: 'Delete the entry that is newer: "driftline generate" gives it another name. This comes of branches that were merged.',
    place,
  });
}
