import { diagnostic, DIAGNOSTIC_CODES, isDiagnosticCode } from "./codes.js";
import type { Diagnostic, TextPlace } from "./diagnostic.js";
import { quoted } from "./quoted.js";
import { closest } from "./suggest.js";

/**
 * What is wrong with a text that should be a diagnostic code, if anything is.
 *
 * @param purpose what the code is wanted for: only warnings can be allowed
 */
export function unknownCode(
  text: string,
  purpose: "to allow" | "to explain",
  place?: TextPlace,
): Diagnostic | undefined {
  const located = place === undefined ? {} : { place };
  if (!isDiagnosticCode(text)) {
    const guess = closest(text, Object.keys(DIAGNOSTIC_CODES));
    return diagnostic("unknown-code", {
      message: `There is no diagnostic code ${quoted(text)}.`,
      hint:
        guess === undefined
          ? "driftline explain lists all codes."
          : `Did you mean "${guess}"? driftline explain lists all codes.`,
      ...located,
    });
  }
  if (purpose === "to explain" || DIAGNOSTIC_CODES[text].severity === "warning") return undefined;
  return diagnostic("unknown-code", {
    message: `${text} is an error, which cannot be allowed.`,
    hint: "Only warnings can be allowed. driftline explain tells how to mend it.",
    ...located,
  });
}
