import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, TextPlace } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import type { Limits } from "./limits.js";

/** The finding for a key that stands twice in one mapping. */
export function duplicateKey(name: string, first: TextPlace, second: TextPlace): Diagnostic {
  return diagnostic("duplicate-key", {
    message: `The key ${quoted(name)} already stands on line ${first.line}, column ${first.column}.`,
    hint: "Merge the two values or rename one key: only one of them could be read.",
    place: second,
  });
}

/** Findings of one file beyond which further ones are left out: enough to work on, and little enough to print. */
export const MOST_FINDINGS = 10_000;

/** The finding for a YAML file that would take too much memory. */
export function tooManyTokens(place: TextPlace, { yamlTokens }: Limits): Diagnostic {
  return diagnostic("too-many-tokens", {
    message: `The file goes on after ${yamlTokens} tokens of YAML, which are the limit.`,
    hint: "Write it as JSON, which takes far less memory, divide it into several files, or raise limits.yamlTokens in driftline.yaml.",
    place,
  });
}

/** The finding for values that are nested too deep. */
export function tooDeep(place: TextPlace, limit: number): Diagnostic {
  return diagnostic("too-deep", {
    message: `Values are nested more than ${limit} levels deep.`,
    hint: "Move inner schemas to components and refer to them with $ref, or raise limits.depth in driftline.yaml.",
    place,
  });
}

/** The finding for a tag that no schema of JSON has. */
export function unknownTag(place: TextPlace): Diagnostic {
  return diagnostic("yaml-tag", {
    message: "This YAML tag is not one of the YAML 1.2 core schema.",
    hint: "Remove the tag and write the value as JSON would have it.",
    place,
  });
}
