import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, TextPlace } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { isObject, member } from "./json.js";
import type { JsonValue } from "./source.js";

const SUPPORTED = /^3\.[01]\.\d+(?:-[0-9A-Za-z.-]+)?$/;

/** What keeps a root value from being an OpenAPI 3.0 or 3.1 document (OpenAPI 3.1, 4.8.1), if anything does. */
export function versionFinding(
  root: JsonValue,
  place: (pointer: string) => TextPlace,
): Diagnostic | undefined {
  if (!isObject(root)) return notOpenApi("The document is no object", place(""));
  const version = member(root, "openapi");
  if (version === undefined) return olderOrNone(root, place);
  if (typeof version === "number") return numberAsVersion(version, place("/openapi"));
  if (typeof version === "string" && SUPPORTED.test(version)) return undefined;
  return diagnostic("unsupported-version", {
    message: `OpenAPI version ${quoted(typeof version === "string" ? version : JSON.stringify(version))} is not supported yet.`,
    hint: 'Use a document of OpenAPI 3.0 or 3.1, whose first line reads like openapi: "3.1.0".',
    place: place("/openapi"),
  });
}

function olderOrNone(root: JsonValue, place: (pointer: string) => TextPlace): Diagnostic {
  if (member(root, "swagger") === undefined)
    return notOpenApi("The document has no openapi field", place(""));
  return diagnostic("unsupported-version", {
    message: "Swagger 2.0 is not supported yet.",
    hint: "Convert the document to OpenAPI 3.0 or 3.1 first.",
    place: place("/swagger"),
  });
}

function notOpenApi(problem: string, place: TextPlace): Diagnostic {
  return diagnostic("not-openapi", {
    message: `${problem}, so it is not an OpenAPI document.`,
    hint: 'Name the root file of an OpenAPI 3.0 or 3.1 document; it has a field like openapi: "3.1.0".',
    place,
  });
}

function numberAsVersion(version: number, place: TextPlace): Diagnostic {
  return diagnostic("unsupported-version", {
    message: `The openapi field is the number ${version}, not a version.`,
    hint: 'Write all three parts, in quotes: openapi: "3.1.0".',
    place,
  });
}
