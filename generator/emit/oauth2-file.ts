import type { ApiModel } from "../model/api-model.js";
import type { OAuthFlow, SecuritySchemeInfo } from "../resolve/resolved-api.js";
import type { FileStructure } from "./file.js";
import { importDeclarations } from "./imports.js";
import { docComment } from "./layout/comments.js";
import { literal, objectLiteral, type Expression } from "./layout/expressions.js";
import { constant, exported } from "./layout/statements.js";
import { genericType, namedType, stringType, unionType } from "./layout/types.js";

/** Tells whether the document says how to get tokens. */
export function hasOAuthFlows(model: ApiModel): boolean {
  return oauthSchemes(model).length > 0;
}

/** Tells whether tokens can be had with a code that a person enters on another device. */
export function hasDeviceFlow(model: ApiModel): boolean {
  return oauthSchemes(model).some(({ flows }) =>
    flows.some(({ name }) => name === "deviceAuthorization"),
  );
}

/** The OAuth2 flows of the document, as data for sessions: the classes work without. */
export function oauth2File(model: ApiModel, runtime: string): FileStructure {
  const schemes = oauthSchemes(model);
  const names = unionType(schemes.map(({ name }) => stringType(name)));
  const type = genericType("Readonly", [genericType("Record", [names, namedType("OAuth2Flows")])]);
  const flows = schemes.map((scheme) => [scheme.name, flowsText(scheme.flows)] as const);
  return {
    path: "oauth2.ts",
    statements: [
      ...importDeclarations([
        { name: "OAuth2Flows", from: `${runtime}/oauth2-flows.js`, isType: true },
      ]),
      exported(
        docComment([
          "How tokens are had, by security scheme: what `new OAuth2Session(...)` takes.",
        ]),
        constant("oauth2Flows", type, objectLiteral(flows)),
        "other",
      ),
    ],
  };
}

function oauthSchemes(model: ApiModel): readonly SecuritySchemeInfo[] {
  return model.securitySchemes.filter(({ flows }) => flows.length > 0);
}

function flowsText(flows: readonly OAuthFlow[]): Expression {
  return objectLiteral(flows.map((flow) => [flow.name, flowText(flow)]));
}

function flowText({ scopes, ...flow }: OAuthFlow): Expression {
  const { authorizationUrl, deviceAuthorizationUrl, tokenUrl, refreshUrl } = flow;
  const urls = Object.entries({
    authorizationUrl,
    deviceAuthorizationUrl,
    tokenUrl,
    refreshUrl,
  }).flatMap(([key, url]) => (url === undefined ? [] : [[key, literal(url)] as const]));
  const texts = scopes.map(([scope, text]) => [scope, literal(text)] as const);
  return objectLiteral([...urls, ["scopes", objectLiteral(texts)]]);
}
