import { diagnostic } from "../diagnostics/codes.js";
import type { Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { isObject, objectMember, sortedEntries, stringMember } from "../document/json.js";
import type { JsonObject } from "../document/source.js";
import type { OAuthFlow, OAuthFlowName } from "./resolved-api.js";

type FlowUrl = "authorizationUrl" | "deviceAuthorizationUrl" | "tokenUrl";

/** What each flow needs beside its scopes (OpenAPI 3.2, "OAuth Flow Object"), in the order in which they are emitted. */
const NEEDED: Readonly<Record<OAuthFlowName, readonly FlowUrl[]>> = {
  authorizationCode: ["authorizationUrl", "tokenUrl"],
  clientCredentials: ["tokenUrl"],
  deviceAuthorization: ["deviceAuthorizationUrl", "tokenUrl"],
  implicit: ["authorizationUrl"],
  password: ["tokenUrl"],
};

/**
 * The flows of a security scheme of type `oauth2`. One without the URLs that it needs is left out: nobody could log in
 * with it, but whoever has a token can still call the operations.
 *
 * @param place where the scheme is used, for what is told.
 */
export function* resolveOAuthFlows(
  scheme: JsonObject,
  name: string,
  place: string,
): Findings<readonly OAuthFlow[]> {
  const flows = objectMember(scheme, "flows");
  const found: OAuthFlow[] = [];
  for (const [flowName, needed] of Object.entries(NEEDED) as [
    OAuthFlowName,
    (typeof NEEDED)[OAuthFlowName],
  ][]) {
    const flow = objectMember(flows, flowName);
    if (flow === undefined) continue;
    const missing = needed.filter((url) => stringMember(flow, url) === undefined);
    if (missing.length > 0) {
      yield diagnostic("incomplete-oauth-flow", {
        message: `The flow ${flowName} of the security scheme ${quoted(name)} has no ${missing.join(" and no ")}.`,
        hint: `Add the ${missing.length === 1 ? "URL" : "URLs"}. Until then the flow is left out of the client.`,
        place: { pointer: place },
      });
      continue;
    }
    const url = (key: FlowUrl): string | undefined =>
      needed.includes(key) ? stringMember(flow, key) : undefined;
    found.push({
      name: flowName,
      authorizationUrl: url("authorizationUrl"),
      deviceAuthorizationUrl: url("deviceAuthorizationUrl"),
      tokenUrl: url("tokenUrl"),
      refreshUrl: stringMember(flow, "refreshUrl"),
      scopes: scopesOf(flow),
    });
  }
  return found;
}

/** The scopes by name, sorted, each with what it is for. */
function scopesOf(flow: JsonObject): OAuthFlow["scopes"] {
  const scopes = flow["scopes"];
  if (!isObject(scopes)) return [];
  return sortedEntries(scopes).map(([scope, text]) => [
    scope,
    typeof text === "string" ? text : "",
  ]);
}
