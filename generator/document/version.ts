import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, TextPlace } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { isObject, member } from "./json.js";
import type { JsonValue } from "./source.js";

/** The versions of OpenAPI 3 whose every rule is known, the newest last, each as a document writes it in full. */
const KNOWN = { "3.0": "3.0.4", "3.1": "3.1.1", "3.2": "3.2.0" } as const;

/** A version of the specification, without what changes nothing in its meaning: the patch and its pre-releases. */
export type SpecificationVersion = "2.0" | keyof typeof KNOWN;

/** What a root value says of its version. */
type VersionReading =
  | { readonly kind: "known"; readonly version: SpecificationVersion }
  | {
      /** It can only be meant so, but is not what the specification asks for. */
      readonly kind: "tolerated";
      readonly version: SpecificationVersion;
      readonly finding: Finding;
    }
  | { readonly kind: "refused"; readonly finding: Finding };

interface Finding {
  readonly code: "not-openapi" | "unsupported-version" | "version-spelling" | "newer-version";
  readonly message: string;
  readonly hint: string;
  readonly pointer: string;
}

/** The version that a document follows, or `undefined` where it follows none that can be read. */
export function specificationVersion(root: JsonValue): SpecificationVersion | undefined {
  const reading = readVersion(root);
  return reading.kind === "refused" ? undefined : reading.version;
}

/** The `openapi` field as the specification asks for it (OpenAPI 3.1, 4.8.1). */
export function openApiField(version: keyof typeof KNOWN): string {
  return KNOWN[version];
}

/** The specification that a document says that it follows, as a reader calls it: `OpenAPI 3.1.0`, `Swagger 2.0`. */
export function specificationName(root: JsonValue): string {
  const openapi = member(root, "openapi");
  const [name, written] =
    openapi === undefined ? ["Swagger", member(root, "swagger")] : ["OpenAPI", openapi];
  return `${name} ${typeof written === "object" ? "" : String(written).trim()}`.trim();
}

/** What is wrong with the version of a document, if anything is: an error where the document cannot be read. */
export function versionFinding(
  root: JsonValue,
  place: (pointer: string) => TextPlace,
): Diagnostic | undefined {
  const reading = readVersion(root);
  if (reading.kind === "known") return undefined;
  const { code, message, hint, pointer } = reading.finding;
  return diagnostic(code, { message, hint, place: place(pointer) });
}

function readVersion(root: JsonValue): VersionReading {
  if (!isObject(root)) return notOpenApi("The document is no object");
  const openapi = member(root, "openapi");
  const swagger = member(root, "swagger");
  if (openapi !== undefined && swagger !== undefined) return ambiguous();
  if (openapi !== undefined) return readOpenApi(openapi);
  if (swagger !== undefined) return readSwagger(swagger);
  // Before 2.0, the field had another name.
  if (member(root, "swaggerVersion") !== undefined) return tooOld("/swaggerVersion");
  return notOpenApi("The document has neither an openapi nor a swagger field");
}

/* ------------------------------------------------------------------- OpenAPI 3 */

function readOpenApi(written: JsonValue): VersionReading {
  // YAML reads 3.0 as the number 3.
  const text = written === 3 ? "3.0" : typeof written === "object" ? "" : String(written).trim();
  const [, minor = "", rest = ""] = /^(3\.\d{1,3})(\.\d+(?:-[0-9A-Za-z.-]+)?)?$/.exec(text) ?? [];
  if (minor === "") return unknownVersion(written);
  if (!isKnown(minor)) return newerVersion(minor);
  if (written === text && rest !== "") return { kind: "known", version: minor };
  return {
    kind: "tolerated",
    version: minor,
    finding: {
      code: "version-spelling",
      message: `The version is written as ${shown(written)}; it is read as OpenAPI ${minor}.`,
      hint: `Write all three parts, in quotes: openapi: "${KNOWN[minor]}".`,
      pointer: "/openapi",
    },
  };
}

function isKnown(minor: string): minor is keyof typeof KNOWN {
  return Object.hasOwn(KNOWN, minor);
}

/** Minor versions of OpenAPI add to what was there before (OpenAPI 3.1, 4.1). */
function newerVersion(minor: string): VersionReading {
  const newest = (Object.keys(KNOWN) as (keyof typeof KNOWN)[]).at(-1) ?? "3.1";
  return {
    kind: "tolerated",
    version: newest,
    finding: {
      code: "newer-version",
      message: `OpenAPI ${minor} is newer than what driftline knows; the document is read as OpenAPI ${newest}.`,
      hint: `What is new since ${newest} has no effect on the client. Use a newer driftline if there is one.`,
      pointer: "/openapi",
    },
  };
}

function unknownVersion(written: JsonValue): VersionReading {
  return refused({
    code: "unsupported-version",
    message: `The openapi field is ${shown(written)}, which is no version of OpenAPI 3.`,
    hint: 'Write it like openapi: "3.1.0"; a document of version 2.0 begins with swagger: "2.0".',
    pointer: "/openapi",
  });
}

/* ------------------------------------------------------------------ Swagger 2.0 */

function readSwagger(written: JsonValue): VersionReading {
  if (written === "2.0") return { kind: "known", version: "2.0" };
  const text = typeof written === "object" ? "" : String(written).trim();
  if (/^1(?:\.\d+)?$/.test(text)) return tooOld("/swagger");
  if (!/^2(?:\.0){0,2}$/.test(text)) {
    return refused({
      code: "unsupported-version",
      message: `The swagger field is ${shown(written)}; the only version that it can name is 2.0.`,
      hint: 'Write swagger: "2.0", or openapi: "3.1.0" where the document follows OpenAPI 3.',
      pointer: "/swagger",
    });
  }
  return {
    kind: "tolerated",
    version: "2.0",
    finding: {
      code: "version-spelling",
      message: `The version is written as ${shown(written)}; it is read as Swagger 2.0.`,
      hint: 'Write it in quotes: swagger: "2.0".',
      pointer: "/swagger",
    },
  };
}

function tooOld(pointer: string): VersionReading {
  return refused({
    code: "unsupported-version",
    message: "The document follows a version of Swagger before 2.0, which driftline does not read.",
    hint: "Ask whoever publishes it for Swagger 2.0 or OpenAPI 3, or convert it with a tool that reads Swagger 1.2.",
    pointer,
  });
}

/* --------------------------------------------------------------------- neither */

function ambiguous(): VersionReading {
  return refused({
    code: "unsupported-version",
    message:
      "The document has both an openapi and a swagger field, so that its version is unknown.",
    hint: 'Keep swagger: "2.0" if it has definitions, or openapi if it has components.',
    pointer: "/swagger",
  });
}

function notOpenApi(problem: string): VersionReading {
  return refused({
    code: "not-openapi",
    message: `${problem}, so it is not an OpenAPI document.`,
    hint: 'Name the root file of an OpenAPI document; it has a field like openapi: "3.1.0" or swagger: "2.0".',
    pointer: "",
  });
}

function refused(finding: Finding): VersionReading {
  return { kind: "refused", finding };
}

/** A value as a message shows it. */
function shown(value: JsonValue): string {
  if (typeof value === "string") return quoted(value);
  if (value === null) return "null";
  return typeof value === "object" ? "no text" : `the ${typeof value} ${String(value)}`;
}

/** Tells whether the schemas of a document are JSON Schema 2020-12, as they are from OpenAPI 3.1 on (4.8.24). */
export function hasJsonSchema(root: JsonValue): boolean {
  const version = specificationVersion(root);
  return version !== undefined && version !== "2.0" && version !== "3.0";
}
