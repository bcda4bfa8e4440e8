import type { Findings } from "../../diagnostics/diagnostic.js";
import { quoted } from "../../diagnostics/quoted.js";
import { isObject, member, stringMember } from "../json.js";
import { childPointer } from "../pointer.js";
import type { JsonObject } from "../source.js";
import { found, newer } from "./findings.js";

/** The flows of OAuth2 under their names in OpenAPI 3 (Swagger 2.0, Security Scheme Object; OpenAPI 3.0, 4.7.28). */
const FLOWS: ReadonlyMap<string, string> = new Map([
  ["implicit", "implicit"],
  ["password", "password"],
  ["application", "clientCredentials"],
  ["accessCode", "authorizationCode"],
]);

const FLOW_FIELDS: ReadonlySet<string> = new Set([
  "flow",
  "authorizationUrl",
  "tokenUrl",
  "refreshUrl",
  "scopes",
]);

/** A Security Scheme Object. */
export function* upgradeSecurityScheme(
  scheme: JsonObject,
  name: string,
  pointer: string,
): Findings<JsonObject> {
  switch (stringMember(scheme, "type")) {
    case "basic":
      return { ...scheme, type: "http", scheme: "basic" };
    case "oauth2":
      return yield* upgradeOAuth(scheme, name, pointer);
    case "http":
    case "openIdConnect":
    case "mutualTLS":
      yield newer(
        `A security scheme of type ${stringMember(scheme, "type") ?? ""}`,
        "Swagger 2.0 has basic, apiKey and oauth2: make the document OpenAPI 3, where the others belong.",
        childPointer(pointer, "type"),
      );
      return { ...scheme };
    default:
      return { ...scheme };
  }
}

function* upgradeOAuth(scheme: JsonObject, name: string, pointer: string): Findings<JsonObject> {
  if (isObject(member(scheme, "flows"))) {
    yield newer(
      "flows",
      "Write flow, and its URLs and scopes beside it.",
      childPointer(pointer, "flows"),
    );
    return { ...scheme };
  }
  const entries = Object.entries(scheme);
  const rest = Object.fromEntries(entries.filter(([key]) => !FLOW_FIELDS.has(key)));
  const own = entries.filter(([key]) => FLOW_FIELDS.has(key) && key !== "flow");
  const written = stringMember(scheme, "flow");
  const flow = FLOWS.get(written ?? "");
  if (flow !== undefined) return { ...rest, flows: { [flow]: Object.fromEntries(own) } };
  const problem =
    written === undefined ? "says no flow" : `has the flow ${quoted(written)}, which is none`;
  yield found("incomplete-oauth-flow", {
    message: `The security scheme ${quoted(name)} ${problem}; the client has none to log in with.`,
    hint: `Write one of ${[...FLOWS.keys()].join(", ")} under flow. Whoever has a token can call the operations all the same.`,
    pointer,
  });
  return { ...rest, flows: {} };
}
