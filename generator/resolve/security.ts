import { isObject, member, objectMember, sortedEntries, stringMember } from "../document/json.js";
import { pointerTo, pointerTokens } from "../document/pointer.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { diagnostic } from "../diagnostics/codes.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { resolveOAuthFlows } from "./oauth-flows.js";
import { follow, overridingText, referenceTarget } from "./references.js";
import type {
  SecurityRequirement,
  SecuritySchemeInfo,
  SecuritySchemeType,
} from "./resolved-api.js";

/** The security schemes of the document (OpenAPI 3.1, 4.8.27), sorted by name. */
export function* resolveSecuritySchemes(
  document: JsonObject,
): Findings<readonly SecuritySchemeInfo[]> {
  const found: SecuritySchemeInfo[] = [];
  for (const [name, value] of sortedEntries(
    objectMember(objectMember(document, "components"), "securitySchemes"),
  )) {
    const place = pointerTo("components", "securitySchemes", name);
    const target = follow(document, value, place);
    // What is no object was reported with the shapes.
    if (target === undefined) continue;
    const scheme = schemeType(target.value);
    if (scheme === undefined) {
      yield diagnostic("unknown-security-scheme", {
        message: `The security scheme ${quoted(name)} is of no type that OpenAPI knows.`,
        hint: "Use http, apiKey (with in and name), oauth2, openIdConnect or mutualTLS. Operations that need the scheme cannot be called with credentials until then.",
        place: { pointer: place },
      });
      continue;
    }
    found.push({
      name,
      description: overridingText(value, target.value, "description"),
      deprecated: member(target.value, "deprecated") === true,
      scheme,
      flows: scheme.type === "oauth2" ? yield* resolveOAuthFlows(target.value, name, place) : [],
    });
  }
  return found;
}

function schemeType(scheme: JsonObject): SecuritySchemeType | undefined {
  switch (stringMember(scheme, "type")) {
    case "http":
      return { type: "http", scheme: (stringMember(scheme, "scheme") ?? "").toLowerCase() };
    case "apiKey": {
      const location = stringMember(scheme, "in");
      const name = stringMember(scheme, "name");
      const known = location === "query" || location === "header" || location === "cookie";
      return known && name !== undefined ? { type: "apiKey", in: location, name } : undefined;
    }
    case "oauth2":
      return { type: "oauth2" };
    case "openIdConnect":
      return { type: "openIdConnect" };
    case "mutualTLS":
      return { type: "mutualTLS" };
    default:
      return undefined;
  }
}

/**
 * The alternatives of an operation: its own `security`, or else that of the document. One that names an unknown scheme
 * stays, although nobody can satisfy it: without it the operation would seem to need no credentials. For the same reason
 * `security: null` is read as if it were not there.
 */
export function* resolveSecurity(
  document: JsonObject,
  operation: JsonObject,
  operationPointer: string,
): Findings<readonly SecurityRequirement[]> {
  const own = member(operation, "security") ?? null;
  const [value, pointer] =
    own === null
      ? [member(document, "security"), pointerTo("security")]
      : [own, `${operationPointer}/security`];
  if (!Array.isArray(value)) return [];
  const declared = new Set(
    Object.keys(objectMember(objectMember(document, "components"), "securitySchemes") ?? {}),
  );
  const alternatives: SecurityRequirement[] = [];
  for (const [index, requirement] of value.entries()) {
    if (!isObject(requirement)) continue;
    for (const key of Object.keys(requirement).sort()) {
      if (!declared.has(schemeName(key, declared)))
        yield undefinedScheme(key, `${pointer}/${index}`);
    }
    alternatives.push(requirementOf(requirement, declared));
  }
  return alternatives;
}

/**
 * The name of a scheme, or of the one that a URI leads to; where both could be meant, it is the name (OpenAPI 3.2,
 * "Security Requirement Object").
 */
function schemeName(key: string, declared: ReadonlySet<string>): string {
  if (declared.has(key) || !key.startsWith("#")) return key;
  const [components, section, name, ...deeper] = pointerTokens(referenceTarget(key));
  const isScheme = components === "components" && section === "securitySchemes";
  return isScheme && name !== undefined && deeper.length === 0 ? name : key;
}

function undefinedScheme(name: string, pointer: string): ReturnType<typeof diagnostic> {
  return diagnostic("undefined-security-scheme", {
    message: `The security scheme ${quoted(name)} is required here but components.securitySchemes has none of that name.`,
    hint: /[#/]/.test(name)
      ? "If it is the URI of a scheme of another file, add an entry to components.securitySchemes that refers to it by $ref, and name that. Until then this alternative cannot be used."
      : "Add the scheme to components.securitySchemes, or correct the name. Until then this alternative cannot be used.",
    place: { pointer },
  });
}

function requirementOf(
  requirement: JsonObject,
  declared: ReadonlySet<string>,
): SecurityRequirement {
  return sortedEntries(requirement).map(([key, scopes]) => ({
    scheme: schemeName(key, declared),
    scopes: scopeNames(scopes),
  }));
}

function scopeNames(scopes: JsonValue): readonly string[] {
  return Array.isArray(scopes)
    ? scopes.filter((scope): scope is string => typeof scope === "string")
    : [];
}

/**
 * The paths of all `authorizationUrl`s of the document's OAuth2 flows. A `GET` on one of them is a page on which a
 * person logs in (RFC 6749, 3.1), so a client can build its URL but has no use for its answer.
 */
export function authorizationPaths(document: JsonObject): ReadonlySet<string> {
  const schemes = sortedEntries(
    objectMember(objectMember(document, "components"), "securitySchemes"),
  );
  const paths = schemes.flatMap(([name, value]) => {
    const scheme = follow(document, value, pointerTo("components", "securitySchemes", name));
    return sortedEntries(objectMember(scheme?.value, "flows")).map(([, flow]) =>
      pathOf(stringMember(flow, "authorizationUrl")),
    );
  });
  return new Set(paths.filter((path): path is string => path !== undefined));
}

/** The path of a URL, relative ones included. The base is a name that no document can use for an effect. */
function pathOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url, "https://relative.invalid/")) return undefined;
  return new URL(url, "https://relative.invalid/").pathname;
}
