import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Outcome } from "../diagnostics/diagnostic.js";
import { jsonSyntaxErrors } from "./json-errors.js";
import { scanJson, type JsonSyntaxError, type JsonVisitor } from "./json-scan.js";
import { numberFinding } from "./numbers.js";
import { duplicateKey, MOST_FINDINGS, tooDeep } from "./parse-findings.js";
import type { Limits } from "./limits.js";
import type { JsonValue, SourceFile } from "./source.js";
import { placesOf, type PlaceAt } from "./text-position.js";

/** Fewer characters cannot hold a number beyond 2^53 or an infinite one, exponents of three digits aside. */
const SHORTEST_SUSPECT_NUMBER = 5;

/** Reads JSON text: its value, and every duplicate key, unsafe or infinite number, and syntax error. */
export function parseJson(file: SourceFile, limits: Limits): Outcome<JsonValue> {
  const findings: Diagnostic[] = [];
  const placeAt = placesOf(file);
  const syntaxError = scanJson(file.text, findingVisitor(file.text, placeAt, limits, findings));
  if (syntaxError !== undefined) {
    const errors = jsonSyntaxErrors(file.text).map((error) => jsonSyntax(error, placeAt));
    return { value: undefined, diagnostics: [...findings, ...errors] };
  }
  const isFatal = findings.some(({ code }) => code === "too-deep");
  const value = isFatal ? undefined : (JSON.parse(file.text) as JsonValue);
  return { value, diagnostics: findings };
}

function jsonSyntax(error: JsonSyntaxError, placeAt: PlaceAt): Diagnostic {
  return diagnostic("json-syntax", {
    message: `This is not JSON: ${error.expected} should stand here.`,
    hint: "Correct the syntax; comments, trailing commas and single quotes are not part of JSON.",
    place: placeAt(error.offset),
  });
}

function findingVisitor(
  text: string,
  placeAt: PlaceAt,
  limits: Limits,
  findings: Diagnostic[],
): JsonVisitor {
  const keysOfOpen: Map<string, number>[] = [];
  return {
    open(start) {
      keysOfOpen.push(new Map());
      if (keysOfOpen.length <= limits.depth) return true;
      findings.push(tooDeep(placeAt(start), limits.depth));
      return false;
    },
    close() {
      keysOfOpen.pop();
    },
    key(start, end) {
      const name = JSON.parse(text.slice(start, end)) as string;
      const keys = keysOfOpen.at(-1);
      const first = keys?.get(name);
      if (first === undefined) keys?.set(name, start);
      else if (findings.length < MOST_FINDINGS)
        findings.push(duplicateKey(name, placeAt(first), placeAt(start)));
    },
    scalar(start, end) {
      if (end - start < SHORTEST_SUSPECT_NUMBER || !isNumberStart(text.charCodeAt(start))) return;
      const written = text.slice(start, end);
      const finding = numberFinding(written, Number(written), () => placeAt(start));
      if (finding !== undefined && findings.length < MOST_FINDINGS) findings.push(finding);
    },
  };
}

function isNumberStart(unit: number): boolean {
  return unit === 0x2d || (unit >= 0x30 && unit <= 0x39);
}
