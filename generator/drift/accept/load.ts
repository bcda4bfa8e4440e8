import { validate, type ConfigurationPlace } from "../../config/validate.js";
import { diagnostic } from "../../diagnostics/codes.js";
import { outcome, type Diagnostic, type Outcome } from "../../diagnostics/diagnostic.js";
import { createLocator } from "../../diagnostics/locate.js";
import { quoted } from "../../diagnostics/quoted.js";
import { suggestion } from "../../diagnostics/suggest.js";
import { arrayMember, isObject, member, stringMember } from "../../document/json.js";
import { LIMITS } from "../../document/limits.js";
import { parseText } from "../../document/parse.js";
import { childPointer, pointerTo } from "../../document/pointer.js";
import type { JsonValue, SourceFile } from "../../document/source.js";
import type { Level } from "../level.js";
import type { Direction } from "../position.js";
import { RULES } from "../rules.js";
import type { Acceptance, AcceptanceEntry } from "./acceptance.js";
import { isDay } from "./day.js";
import schema from "./schema.json" with { type: "json" };

/** The keys of an entry that say what it accepts. */
const CRITERIA = [
  "fingerprint",
  "rule",
  "operation",
  "class",
  "position",
  "pointer",
  "direction",
  "upTo",
] as const;

/** Reads and checks an acceptance file that was read; `schema.json` says what may be in it. */
export function parseAcceptance(file: SourceFile): Outcome<Acceptance> {
  const parsed = parseText(file, LIMITS);
  if (parsed.value === undefined) return { value: undefined, diagnostics: parsed.diagnostics };
  const { inFile } = createLocator();
  const place: ConfigurationPlace = (pointer, at) => inFile(file, pointer, at);
  const entries = arrayMember(parsed.value, "accepted");
  const findings = [
    ...validate(parsed.value, schema, place, "generator/drift/accept/schema.json"),
    ...entries.flatMap((entry, index) => entryFindings(entry, pointerTo("accepted", index), place)),
  ];
  const value = {
    entries: entries.map((entry, index) => entryOf(entry, pointerTo("accepted", index), place)),
  };
  return outcome(value, [...parsed.diagnostics, ...findings]);
}

function entryOf(entry: JsonValue, pointer: string, place: ConfigurationPlace): AcceptanceEntry {
  return {
    reason: stringMember(entry, "reason") ?? "",
    author: stringMember(entry, "author"),
    expires: stringMember(entry, "expires"),
    fingerprints: textsOf(entry, "fingerprint"),
    rules: textsOf(entry, "rule"),
    operations: textsOf(entry, "operation"),
    classes: textsOf(entry, "class"),
    positions: textsOf(entry, "position"),
    pointers: textsOf(entry, "pointer"),
    // Whether they are one of the words was checked against the schema.
    direction: stringMember(entry, "direction") as Direction | undefined,
    upTo: stringMember(entry, "upTo") as Level | undefined,
    place: place(pointer, "value"),
  };
}

/** A text or a list of texts, as a list. */
function textsOf(entry: JsonValue, key: string): readonly string[] | undefined {
  const value = member(entry, key);
  if (value === undefined) return undefined;
  return [value].flat().filter((text) => typeof text === "string");
}

/** What no schema says. */
function entryFindings(
  entry: JsonValue,
  pointer: string,
  place: ConfigurationPlace,
): readonly Diagnostic[] {
  if (!isObject(entry)) return [];
  return [
    ...criteriaFindings(entry, pointer, place),
    ...dayFindings(entry, pointer, place),
    ...ruleFindings(entry, pointer, place),
  ];
}

function criteriaFindings(
  entry: JsonValue,
  pointer: string,
  place: ConfigurationPlace,
): readonly Diagnostic[] {
  if (CRITERIA.some((key) => member(entry, key) !== undefined)) return [];
  return [
    diagnostic("missing-key", {
      message: "The entry does not say what it accepts.",
      hint: `Add at least one of ${CRITERIA.join(", ")}.`,
      place: place(pointer, "value"),
    }),
  ];
}

function dayFindings(
  entry: JsonValue,
  pointer: string,
  place: ConfigurationPlace,
): readonly Diagnostic[] {
  const day = stringMember(entry, "expires");
  // Another form is told by the schema.
  if (day === undefined || !/^\d{4}-\d\d-\d\d$/.test(day) || isDay(day)) return [];
  return [
    diagnostic("invalid-value", {
      message: `There is no day ${quoted(day)}.`,
      hint: "Write year, month and day, such as 2027-03-31.",
      place: place(childPointer(pointer, "expires"), "value"),
    }),
  ];
}

function ruleFindings(
  entry: JsonValue,
  pointer: string,
  place: ConfigurationPlace,
): readonly Diagnostic[] {
  const isList = Array.isArray(member(entry, "rule"));
  return (textsOf(entry, "rule") ?? []).flatMap((rule, index) => {
    if (rule === "" || rule.includes("*") || Object.hasOwn(RULES, rule)) return [];
    return diagnostic("invalid-value", {
      message: `There is no rule ${quoted(rule)}.`,
      hint: suggestion(rule, Object.keys(RULES)),
      place: place(childPointer(pointer, "rule", ...(isList ? [index] : [])), "value"),
    });
  });
}
