import { diagnostic } from "../diagnostics/codes.js";
import {
  outcome,
  type Diagnostic,
  type Outcome,
  type TextPlace,
} from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { suggestion } from "../diagnostics/suggest.js";
import type { Helper } from "../names/helper.js";

/** A helper by its name, and where the configuration names it. */
interface HelperReference {
  readonly name: string;
  readonly place?: TextPlace;
}

/** The helpers that a service names, each once, in the order of `known`. */
export function findHelpers(
  references: readonly HelperReference[],
  known: readonly Helper[],
): Outcome<readonly Helper[]> {
  const names = known.map(({ name }) => name);
  const wanted = new Set(references.map(({ name }) => name));
  return outcome(
    known.filter(({ name }) => wanted.has(name)),
    references
      .filter(({ name }) => !names.includes(name))
      .map((reference) => unknownHelper(reference, names)),
  );
}

function unknownHelper({ name, place }: HelperReference, known: readonly string[]): Diagnostic {
  return diagnostic("unknown-helper", {
    message: `There is no helper ${quoted(name)}.`,
    hint: known.length === 0 ? "This driftline has no helpers." : suggestion(name, known),
    ...(place === undefined ? {} : { place }),
  });
}
