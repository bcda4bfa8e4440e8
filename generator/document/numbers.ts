import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, TextPlace } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";

const INTEGER = /^[-+]?\d+$/;

/**
 * What is wrong with a number as it is written: nothing, or that no JSON number can hold it, or that
 * reading it as a double (RFC 8259, section 6) loses digits.
 */
export function numberFinding(
  written: string,
  value: number,
  place: () => TextPlace,
): Diagnostic | undefined {
  if (!Number.isFinite(value)) return nonFiniteNumber(written, place());
  if (Number.isSafeInteger(value) || !losesDigits(written, value)) return undefined;
  return diagnostic("unsafe-integer", {
    message: `The integer ${quoted(written)} is beyond 2^53 and is read as ${BigInt(value).toString()}.`,
    hint: "Write a number that a double holds exactly, or nothing: a limit beyond 2^53 has no effect in JavaScript.",
    place: place(),
  });
}

function nonFiniteNumber(written: string, place: TextPlace): Diagnostic {
  return diagnostic("non-finite-number", {
    message: `The number ${quoted(written)} is not finite, and JSON has no such number.`,
    hint: "Leave the keyword out, or write a finite number; put quotes around it if a string is meant.",
    place,
  });
}

function losesDigits(written: string, value: number): boolean {
  return INTEGER.test(written) && BigInt(written.replace(/^\+/, "")) !== BigInt(value);
}
