import { diagnostic, type DiagnosticCode } from "../../diagnostics/codes.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { JsonValue } from "../source.js";

/*
 * All places of an upgrade's own findings are pointers into the document as it is written.
 */

/** What is wrong, what to do about it, and where. */
interface Finding {
  readonly message: string;
  readonly hint: string;
  readonly pointer: string;
}

/** A finding of a code at a pointer. */
export function found(code: DiagnosticCode, { message, hint, pointer }: Finding): Diagnostic {
  return diagnostic(code, { message, hint, place: { pointer } });
}

/** Something of OpenAPI 3 in a document of Swagger 2.0, read as what it is in OpenAPI 3. */
export function newer(field: string, hint: string, pointer: string): Diagnostic {
  return found("newer-construct", {
    message: `${field} is a part of OpenAPI 3, and the document is Swagger 2.0; it is read as in OpenAPI 3.`,
    hint,
    pointer,
  });
}

/** Something that ends the run, because with it would be lost what is sent, or what an answer is read as. */
export function wrongShape(
  value: JsonValue,
  field: string,
  expected: string,
  hint: string,
  pointer: string,
): Diagnostic {
  return found("wrong-shape", {
    message: `${typeName(value)} stands ${field}where ${expected} belongs.`,
    hint,
    pointer,
  });
}

/** A schema that is none. Swagger 2.0 has no schemas that are `true` or `false`. */
export function notASchema(value: JsonValue, pointer: string): Diagnostic {
  return found("ignored-value", {
    message: `${typeName(value)} stands where a schema belongs; it describes nothing.`,
    hint: "Write a schema as an object, as in { type: string }.",
    pointer,
  });
}

/** A value as a message names it. */
export function typeName(value: JsonValue): string {
  if (value === null) return "Nothing (null)";
  if (Array.isArray(value)) return "A list";
  return typeof value === "object" ? "An object" : `A ${typeof value}`;
}
