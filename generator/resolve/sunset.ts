import { member } from "../document/json.js";
import type { JsonObject } from "../document/source.js";
import { diagnostic } from "../diagnostics/codes.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import type { Placed } from "./references.js";

/** A full date, or a date with a time, which is cut off (RFC 3339, 5.6). */
const DATE = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ].*)?$/;

/** Not every month has a 31st. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * The day from which on an operation may be gone, as the `Sunset` header tells it at run time (RFC 8594, 3).
 *
 * @param extension `undefined` where the configuration names none
 * @returns `YYYY-MM-DD`; `undefined` where the document says nothing
 */
export function* resolveSunset(
  operation: Placed<JsonObject>,
  extension: string | undefined,
): Findings<string | undefined> {
  const stated = extension === undefined ? undefined : member(operation.value, extension);
  if (extension === undefined || stated === undefined) return undefined;
  const day = typeof stated === "string" ? DATE.exec(stated)?.[1] : undefined;
  if (day !== undefined && isDay(day)) return day;
  yield diagnostic("invalid-extension", {
    message: `${quoted(extension)} has to be a day.`,
    hint: "Write it as in 2027-01-31, in quotes: the first day on which the operation may be gone.",
    place: { pointer: `${operation.pointer}/${extension}` },
  });
  return undefined;
}
