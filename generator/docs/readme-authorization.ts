import { memberKey } from "../emit/code.js";
import type { SecuritySchemeReference } from "../reference/reference.js";
import type { OAuthFlow, SecuritySchemeInfo, SecuritySchemeType } from "../resolve/resolved-api.js";
import { blockText } from "./markdown/block-text.js";
import { inlineText } from "./markdown/inline-text.js";
import { anchor, codeSpan, heading, listItem, table } from "./markdown/parts.js";
import { anchorIn } from "./page-paths.js";
import { sectionAnchor } from "./sections.js";
import { sessionText } from "./readme-session.js";
import type { TemplateName } from "./templates.js";
import { blocks, type ReadmeWriting } from "./writing.js";

/** How one is let in: every scheme, with its flows, URLs and scopes. */
export function authorizationSection(writing: ReadmeWriting): string {
  const { securitySchemes } = writing.reference;
  return writing.fill("readme-authorization", {
    anchor: anchor(sectionAnchor("authorization")),
    about: writing.fill(securitySchemes.length === 0 ? "no-schemes" : "schemes"),
    schemes: blocks(securitySchemes.map((scheme) => schemeSection(scheme, writing))),
  });
}

function schemeSection(info: SecuritySchemeReference, writing: ReadmeWriting): string {
  const { name, description, deprecated, flows } = info;
  return writing.fill("scheme", {
    anchor: anchor(anchorIn(writing.paths.ofScheme(name)) ?? ""),
    heading: heading(3, codeSpan(name)),
    description: description === undefined ? "" : blockText(description, writing),
    deprecated: deprecated ? writing.fill("scheme-deprecated") : "",
    type: typeOf(info, writing),
    option: optionOf(info),
    flows: flows.map((flow) => listItem(flowText(flow, writing))).join("\n"),
    scopes: scopesText(flows, writing),
    session: hasOwnWay(flows, writing) ? "" : sessionText(info, writing),
  });
}

/** Helpers know better than flows how their service lets somebody in. */
function hasOwnWay(flows: readonly OAuthFlow[], { reference }: ReadmeWriting): boolean {
  return flows.length === 0 || reference.helperPages.length > 0;
}

/** What kind of scheme it is, in words. */
function typeOf(info: SecuritySchemeReference, { fill }: ReadmeWriting): string {
  const { scheme, openIdConnectUrl } = info;
  switch (scheme.type) {
    case "http":
      return httpType(scheme.scheme, info, fill);
    case "apiKey":
      return fill("scheme-api-key", { place: KEY_PLACES[scheme.in], name: codeSpan(scheme.name) });
    case "oauth2":
      return fill("scheme-oauth2");
    case "openIdConnect":
      return fill("scheme-open-id-connect", { url: codeSpan(openIdConnectUrl ?? "") });
    case "mutualTLS":
      return fill("scheme-mutual-tls");
  }
}

/** Where a key is sent, in words that its name can follow. */
const KEY_PLACES = { header: "header", query: "query parameter", cookie: "cookie" } as const;

function httpType(
  scheme: string,
  { bearerFormat }: SecuritySchemeReference,
  fill: ReadmeWriting["fill"],
): string {
  const name = scheme.toLowerCase();
  if (name === "basic") return fill("scheme-basic");
  if (name !== "bearer") return fill("scheme-http", { scheme: codeSpan(scheme) });
  return bearerFormat === undefined
    ? fill("scheme-bearer")
    : fill("scheme-bearer-format", { format: codeSpan(bearerFormat) });
}

/** Where a client takes the credential, as code; a certificate is no matter of the client. */
function optionOf({ name, scheme }: SecuritySchemeInfo): string {
  if (scheme.type === "mutualTLS") return "";
  return codeSpan(`auth: { ${memberKey(name)}: ${credentialOf(scheme)} }`);
}

function credentialOf(scheme: SecuritySchemeType): string {
  if (scheme.type === "http")
    return scheme.scheme.toLowerCase() === "basic" ? "{ username, password }" : "token";
  return scheme.type === "apiKey" ? "apiKey" : "accessToken";
}

const URLS = [
  ["authorizationUrl", "flow-authorization-url"],
  ["deviceAuthorizationUrl", "flow-device-url"],
  ["tokenUrl", "flow-token-url"],
  ["refreshUrl", "flow-refresh-url"],
] as const satisfies readonly (readonly [keyof OAuthFlow, TemplateName])[];

/** A flow with the URLs that it has. */
function flowText(flow: OAuthFlow, { fill }: ReadmeWriting): string {
  const urls = URLS.flatMap(([key, template]) => {
    const url = flow[key];
    return url === undefined ? [] : [fill(template, { url: codeSpan(url) })];
  });
  return fill("flow", { name: codeSpan(flow.name), urls: urls.join(", ") });
}

/** The scopes of all flows, each once. */
function scopesText(flows: readonly OAuthFlow[], writing: ReadmeWriting): string {
  const scopes = new Map(flows.flatMap((flow) => flow.scopes));
  if (scopes.size === 0) return "";
  const rows = [...scopes].map(([name, text]) => [codeSpan(name), inlineText(text, writing)]);
  return table(["Scope", "Description"], rows);
}
