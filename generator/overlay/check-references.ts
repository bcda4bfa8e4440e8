import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { createLocator } from "../diagnostics/locate.js";
import { quoted } from "../diagnostics/quoted.js";
import {
  findReferences,
  type FoundReference,
  type ParsedFile,
} from "../document/find-references.js";
import { grammarOf } from "../document/grammar.js";
import { isObject, stringMember } from "../document/json.js";
import { fragmentPointer, resolvePointer } from "../document/pointer.js";
import type { JsonObject, JsonValue, Source } from "../document/source.js";
import { trailPointer } from "../document/trail.js";

/**
 * Finds the references of a document to which overlays were applied that lead out of it, to nothing or in circles.
 * Files were joined before, so that an overlay can only refer to what the document holds then.
 */
export function checkReferences(source: Source): readonly Diagnostic[] {
  const locator = createLocator(source);
  const placed = (pointer: string): ReturnType<typeof locator.inFile> =>
    locator.ofPlace({ pointer, at: "value" }) ?? locator.inFile(source.file, "");
  const { document: value } = source;
  const file: ParsedFile = { path: source.file.path, uri: "", file: source.file, value };
  const root = { file, value, kind: "document", trail: undefined, base: "" } as const;
  const { references, findings } = findReferences([root], {
    searched: new Map(),
    grammar: grammarOf(value),
    place: (_file, pointer) => placed(pointer),
    // The loader has made pointers of them all.
    hasIdentifiers: false,
  });
  const circular = circularHolders(references, source.document);
  const flaws = references.flatMap((reference) => {
    const flaw = flawOf(reference, source.document, circular);
    return flaw === undefined ? [] : [finding(reference, flaw, placed)];
  });
  return [...findings, ...flaws];
}

interface Flaw {
  readonly code: "invalid-reference" | "unresolved-reference" | "circular-reference";
  readonly problem: string;
  readonly hint: string;
}

function finding(
  { uri, trail }: FoundReference,
  { code, problem, hint }: Flaw,
  placed: (pointer: string) => ReturnType<ReturnType<typeof createLocator>["inFile"]>,
): Diagnostic {
  return diagnostic(code, {
    message: `After the overlays, the reference ${quoted(uri)} ${problem}.`,
    hint,
    place: placed(trailPointer(trail)),
  });
}

function flawOf(
  { uri, holder, kind }: FoundReference,
  document: JsonObject,
  circular: ReadonlySet<JsonObject>,
): Flaw | undefined {
  const pointer = uri.startsWith("#") ? fragmentPointer(uri) : undefined;
  if (pointer === undefined) {
    return {
      code: "invalid-reference",
      problem: "does not lead into the document",
      hint: 'An overlay can only refer to what the document holds, like $ref: "#/components/schemas/Name". The command bundle prints the document.',
    };
  }
  const target = resolvePointer(document, pointer);
  if (!isObject(target) && !(kind === "schema" && typeof target === "boolean")) {
    return {
      code: "unresolved-reference",
      problem: target === undefined ? "leads to nothing" : "leads to something that is no object",
      hint: "Correct the overlay: it refers to what is not there, or removes what something refers to.",
    };
  }
  if (!circular.has(holder)) return undefined;
  return {
    code: "circular-reference",
    problem: "leads back to itself and never to a value",
    hint: "Replace one reference of the circle by what is meant.",
  };
}

/** The objects with a `$ref` that, followed from target to target, come back to where they began. */
function circularHolders(
  references: readonly FoundReference[],
  document: JsonObject,
): ReadonlySet<JsonObject> {
  const circular = new Set<JsonObject>();
  const done = new Set<JsonValue>();
  for (const { holder, key } of references) {
    const walked = new Set<JsonObject>();
    let current: JsonValue | undefined = key === "$ref" ? holder : undefined;
    while (isObject(current) && !done.has(current) && !walked.has(current)) {
      walked.add(current);
      current = targetOf(current, document);
    }
    const start =
      isObject(current) && walked.has(current) ? [...walked].indexOf(current) : Infinity;
    for (const [index, value] of [...walked].entries()) {
      done.add(value);
      if (index >= start) circular.add(value);
    }
  }
  return circular;
}

function targetOf(holder: JsonObject, document: JsonObject): JsonValue | undefined {
  const uri = stringMember(holder, "$ref");
  const pointer = uri?.startsWith("#") === true ? fragmentPointer(uri) : undefined;
  return pointer === undefined ? undefined : resolvePointer(document, pointer);
}
