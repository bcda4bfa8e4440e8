import { member, stringMember } from "../document/json.js";
import type { ExtensionNames } from "../document/extension-names.js";
import type { JsonObject, Source } from "../document/source.js";
import { firstHand } from "../diagnostics/codes.js";
import { collect, hasErrors, type Findings, type Outcome } from "../diagnostics/diagnostic.js";
import { checkDocument } from "./checks.js";
import { checkShapes } from "./shapes.js";
import { findNamedSchemas } from "./named-schemas.js";
import { resolveOperations } from "./operations.js";
import {
  NOTHING_LEFT_OUT,
  type LeftOut,
  type Operation,
  type ResolvedApi,
} from "./resolved-api.js";
import { fileSchemas, schemaDirections } from "./schema-use.js";
import { resolveSecuritySchemes } from "./security.js";
import { resolveServers } from "./servers.js";
import { resolveTags } from "./tags.js";

/** Reads out of a document how to talk on the wire: operations with merged parameters, bodies, responses and security. */
export function resolveApi(
  { document }: Pick<Source, "document">,
  extensions: ExtensionNames = {},
  leftOut: LeftOut = NOTHING_LEFT_OUT,
): Outcome<ResolvedApi> {
  const { diagnostics: shapes } = collect(checkShapes(document));
  const { value, diagnostics } = collect(resolveDocument(document, extensions, leftOut));
  // A part of the wrong shape is read as missing.
  if (hasErrors(shapes))
    return { value: undefined, diagnostics: [...shapes, ...firstHand(diagnostics)] };
  return { value, diagnostics: [...shapes, ...diagnostics] };
}

function* resolveDocument(
  document: JsonObject,
  extensions: ExtensionNames,
  leftOut: LeftOut,
): Findings<ResolvedApi> {
  const info = member(document, "info");
  const { schemas, keys } = findNamedSchemas(document);
  yield* checkDocument(document);
  const securitySchemes = yield* resolveSecuritySchemes(document);
  const operations = yield* resolveOperations(document, extensions);
  const files = fileSchemas({ schemas, keys }, operations);
  const directions = schemaDirections({ schemas, keys }, operations);
  return {
    document,
    title: stringMember(info, "title") ?? "",
    version: stringMember(info, "version") ?? "",
    description: stringMember(info, "description"),
    dialect: stringMember(document, "openapi")?.startsWith("3.0") === true ? "3.0" : "3.1",
    servers: resolveServers(document),
    securitySchemes,
    tags: yield* resolveTags(document),
    operations,
    schemas,
    schemaKeys: keys,
    directedSchemas: directions.both,
    requestSchemas: directions.requestOnly,
    fileSchemas: files.all,
    formSchemas: files.usedElsewhere,
    decodedSchemas: decodedSchemas(operations),
    leftOut,
  };
}

function decodedSchemas(operations: readonly Operation[]): ReadonlySet<string> {
  const mediaTypes = operations
    .flatMap((operation) => operation.responses)
    .flatMap((response) => response.mediaTypes);
  return new Set(mediaTypes.flatMap(({ eventData }) => eventData?.encoded ?? []));
}
