import {
  collect,
  outcome,
  type Diagnostic,
  type Outcome,
  type Place,
} from "../../diagnostics/diagnostic.js";
import type { ExtensionNames } from "../extension-names.js";
import { stringMember } from "../json.js";
import { resolvePointer } from "../pointer.js";
import type { JsonObject } from "../source.js";
import { openApiField, specificationVersion } from "../version.js";
import { layoutOf, originPointer } from "./origins.js";
import { redirectReferences } from "./references.js";
import { upgradeSwagger } from "./swagger-document.js";
import { inSwaggerTerms } from "./terms.js";

/** A document as one of OpenAPI 3, and the way back to what its author wrote. */
export interface UpgradedDocument {
  readonly document: JsonObject;
  /** Where in the document as written something stands, by its place in `document`; or the nearest place around it. */
  readonly writtenPointer: (pointer: string) => string;
  /** Findings about `document` as findings about the document as written, each once. */
  readonly asWritten: (findings: readonly Diagnostic[]) => readonly Diagnostic[];
}

/**
 * Makes of a document as it was written one of a version of OpenAPI 3, whose `openapi` field is as it should be. A
 * document that is one is not copied.
 */
export function upgradeDocument(
  document: JsonObject,
  extensions: ExtensionNames = {},
): Outcome<UpgradedDocument> {
  const version = specificationVersion(document);
  if (version === "2.0") return upgradeFromSwagger(document, extensions);
  return outcome({
    document: version === undefined ? document : withVersion(document, openApiField(version)),
    writtenPointer: (pointer) => pointer,
    asWritten: (findings) => findings,
  });
}

/** A version that is told, but oddly written, would be told differently by each stage. */
function withVersion(document: JsonObject, field: string): JsonObject {
  const written = stringMember(document, "openapi");
  const minor = field.slice(0, field.lastIndexOf(".") + 1);
  return written?.startsWith(minor) === true ? document : { ...document, openapi: field };
}

function upgradeFromSwagger(
  written: JsonObject,
  { nullable }: ExtensionNames,
): Outcome<UpgradedDocument> {
  const upgraded = collect(upgradeSwagger(written, nullable));
  const diagnostics = once(upgraded.diagnostics);
  if (upgraded.value === undefined) return { value: undefined, diagnostics };
  const document = upgraded.value;
  const layout = layoutOf(document);
  const redirected = collect(redirectReferences(document, layout));
  const writtenPointer = (pointer: string): string =>
    nearest(written, originPointer(layout, pointer));
  return outcome(
    {
      document,
      writtenPointer,
      asWritten: (findings) => once(findings.map((one) => inWritten(one, writtenPointer))),
    },
    [...diagnostics, ...redirected.diagnostics],
  );
}

/** The longest prefix of a pointer that leads to something. */
function nearest(document: JsonObject, pointer: string): string {
  let found = pointer;
  while (found !== "" && resolvePointer(document, found) === undefined)
    found = found.slice(0, found.lastIndexOf("/"));
  return found;
}

function inWritten(finding: Diagnostic, written: (pointer: string) => string): Diagnostic {
  const { message, hint, place } = finding;
  return {
    ...finding,
    message: inSwaggerTerms(message),
    hint: inSwaggerTerms(hint),
    ...(place === undefined ? {} : { place: writtenPlace(place, written) }),
  };
}

function writtenPlace(place: Place, written: (pointer: string) => string): Place {
  return "pointer" in place ? { ...place, pointer: written(place.pointer) } : place;
}

/**
 * One thing in a document as written can become several in the upgraded one. And that an extension is not read is told
 * once for all places.
 */
function once(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const keyOf = (finding: Diagnostic): string =>
    finding.code === "unread-nullable" ? finding.code : JSON.stringify(finding);
  const distinct = new Map<string, Diagnostic>();
  for (const finding of findings) {
    const key = keyOf(finding);
    if (!distinct.has(key)) distinct.set(key, finding);
  }
  return [...distinct.values()];
}
