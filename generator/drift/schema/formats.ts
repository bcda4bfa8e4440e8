import type { Effect } from "./effect.js";
import {
  NARROWER,
  OTHER,
  SAME,
  PERHAPS_NARROWER,
  PERHAPS_WIDER,
  UNCLEAR,
  WIDER,
} from "./effect.js";

/** Formats of the OpenAPI Format Registry and of JSON Schema all of whose values are values of others, too. */
const WIDER_FORMATS: Readonly<Record<string, readonly string[]>> = {
  int8: ["int16", "int32", "int64", "double-int", "float", "double"],
  uint8: ["int16", "uint16", "int32", "uint32", "int64", "uint64", "double-int", "float", "double"],
  int16: ["int32", "int64", "double-int", "float", "double"],
  uint16: ["int32", "uint32", "int64", "uint64", "double-int", "float", "double"],
  int32: ["int64", "double-int", "double"],
  uint32: ["int64", "uint64", "double-int", "double"],
  "double-int": ["int64", "double"],
  float: ["double"],
  email: ["idn-email"],
  hostname: ["idn-hostname"],
  uri: ["uri-reference", "iri", "iri-reference", "uri-template"],
  "uri-reference": ["iri-reference"],
  iri: ["iri-reference"],
  "json-pointer": [],
};

/** Formats of which no value is one of another of them. */
const APART: readonly string[] = [
  "date",
  "date-time",
  "time",
  "duration",
  "uuid",
  "email",
  "ipv6",
  "uri",
];

/** Formats that say nothing about which values there are. Any JSON number is a `double`. */
const SILENT: ReadonlySet<string> = new Set(["password", "double", "html"]);

/**
 * What a change of format means for values. A format that comes or goes is a note that servers may check or not
 * (2020-12, validation, 7.2.1), so that nothing is sure unless both are known.
 */
export function formatEffect(old: string | undefined, now: string | undefined): Effect {
  const [before, after] = [telling(old), telling(now)];
  if (before === after) return SAME;
  if (before === undefined) return PERHAPS_NARROWER;
  if (after === undefined) return PERHAPS_WIDER;
  if (isWithin(before, after)) return WIDER;
  if (isWithin(after, before)) return NARROWER;
  return APART.includes(before) && APART.includes(after) ? OTHER : UNCLEAR;
}

function telling(format: string | undefined): string | undefined {
  return format === undefined || SILENT.has(format) ? undefined : format;
}

function isWithin(inner: string, outer: string): boolean {
  return Object.hasOwn(WIDER_FORMATS, inner) && (WIDER_FORMATS[inner] ?? []).includes(outer);
}
