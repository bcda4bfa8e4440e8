import type { EventDataParser } from "./event-stream.js";
import { Int64Place, type Int64Policy, type Int64Schema } from "./int64-schema.js";
import { parseInt64 } from "./parse-int64.js";

/**
 * Parses the JSON in the data of events whose 64-bit integers are bigints or strings.
 *
 * @param schema - of an event as a whole: what it says of `data` holds, whatever the event's type.
 */
export function int64Events(policy: Int64Policy, schema: Int64Schema): EventDataParser {
  const place = new Int64Place([schema]).member("data", false) ?? new Int64Place([]);
  return (text, refuse) =>
    parseInt64(text, policy, place, (path) => refuse(`has no 64-bit integer at ${path}`));
}
