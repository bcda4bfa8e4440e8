import { diagnostic, type DiagnosticCode } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { JsonValue } from "../document/source.js";

/** What is wrong with a value that is of another type than it should be. */
export function mismatch(
  value: JsonValue,
  where: string,
  expected: {
    readonly code: "wrong-shape" | "ignored-value";
    readonly hint: string;
    readonly pointer: string;
    readonly otherwise?: string;
    readonly isNullWrong?: boolean;
  },
): Diagnostic {
  const { hint, pointer, otherwise = "it is ignored" } = expected;
  const isNothing = value === null && expected.isNullWrong !== true;
  const code: DiagnosticCode = isNothing ? "ignored-value" : expected.code;
  return diagnostic(code, {
    message: `${typeName(value)} stands ${where}${code === "wrong-shape" ? "" : `; ${otherwise}`}.`,
    hint,
    place: { pointer },
  });
}

function typeName(value: JsonValue): string {
  if (value === null) return "Nothing (null)";
  if (Array.isArray(value)) return "A list";
  return typeof value === "object" ? "An object" : `A ${typeof value}`;
}
