import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, TextPlace } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";

/** The finding for a key that stands twice in one mapping. */
export function duplicateKey(name: string, first: TextPlace, second: TextPlace): Diagnostic {
  return diagnostic("duplicate-key", {
    message: `The key ${quoted(name)} already stands on line ${first.line}, column ${first.column}.`,
    hint: "Merge the two values or rename one key: only one of them could be read.",
    place: second,
  });
}

/** The finding for values that are nested too deep. */
export function tooDeep(place: TextPlace, limit: number): Diagnostic {
  return diagnostic("too-deep", {
    message: `Values are nested more than ${limit} levels deep.`,
    hint: "Move inner schemas to components and refer to them with $ref.",
    place,
  });
}
