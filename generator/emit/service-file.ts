import type { ApiModel } from "../model/api-model.js";
import { serverVariables } from "../model/server-variables.js";
import type { SecuritySchemeInfo, ServerVariable } from "../resolve/resolved-api.js";
import { textPart } from "../types/docs.js";
import { serverFunctions, serverText } from "./calls.js";
import { identifier, memberKey } from "./code.js";
import type { FileStructure } from "./file.js";
import { importDeclarations } from "./imports.js";
import { docComment, docs } from "./layout/comments.js";
import {
  arrayLiteral,
  literal,
  objectLiteral,
  variable,
  type Expression,
} from "./layout/expressions.js";
import { constant, exported, interfaceBlock, type Statement } from "./layout/statements.js";
import {
  aliasOf,
  genericType,
  namedType,
  propertySignature,
  stringType,
  unionType,
  type Type,
} from "./layout/types.js";
import { EMPTY_RECORD, STRING_TYPE, UNDEFINED_TYPE } from "./type-text.js";

/** What the document says of the service as a whole, as data, and the options that follow from it. */
export function serviceFile(model: ApiModel, runtime: string): FileStructure {
  const name = model.clientName;
  const hasBasic = model.securitySchemes.some(isBasic);
  const hasCredential = model.securitySchemes.some(({ scheme }) => scheme.type !== "mutualTLS");
  const variables = serverVariables(model.servers);
  const options = [
    "CallOptions",
    "ClientOptions",
    ...(hasCredential ? ["Credential"] : []),
    ...(hasBasic ? ["BasicCredential"] : []),
  ];
  const functions = [
    ...serverFunctions(model.servers),
    ...(model.securitySchemes.some(isInCookie) ? [{ name: "inCookie", stem: "cookies" }] : []),
  ];
  const imports = importDeclarations([
    ...options.map((option) => ({ name: option, from: `${runtime}/options.js`, isType: true })),
    { name: "Service", from: `${runtime}/service.js`, isType: true },
    ...functions.map(({ name, stem }) => ({ name, from: `${runtime}/${stem}.js`, isType: false })),
  ]);
  const auth = namedType(`${name}Auth`);
  const variablesType = `${name}ServerVariables`;
  const clientOptions = variables.length === 0 ? [auth] : [auth, namedType(variablesType)];
  return {
    path: "service.ts",
    statements: [
      ...imports,
      exported(
        docComment(["The servers and security schemes of the document."]),
        constant("service", namedType("Service"), serviceText(model)),
        "other",
      ),
      authType(`${name}Auth`, model.securitySchemes),
      ...(variables.length === 0 ? [] : [variablesInterface(variablesType, variables)]),
      alias(
        `What \`new ${name}(...)\` takes.`,
        `${name}Options`,
        genericType("ClientOptions", clientOptions),
      ),
      alias(
        "What the last argument of every method takes: settings for one call.",
        "RequestOptions",
        genericType("CallOptions", [auth]),
      ),
    ],
  };
}

function alias(comment: string, name: string, type: Type): Statement {
  return exported(docComment([comment]), aliasOf(identifier(name), type), "alias");
}

function serviceText(model: ApiModel): Expression {
  const schemes = model.securitySchemes.map((info) => [info.name, schemeText(info)] as const);
  return objectLiteral([
    ["name", literal(model.clientName)],
    ["servers", arrayLiteral(model.servers.map(serverText))],
    ["securitySchemes", objectLiteral(schemes)],
  ]);
}

function schemeText(info: SecuritySchemeInfo): Expression {
  const entries = Object.entries(info.scheme).map(([key, value]) => [key, literal(value)] as const);
  return objectLiteral(
    isInCookie(info)
      ? entries.map(([key, value]) => [key, key === "in" ? variable("inCookie") : value] as const)
      : entries,
  );
}

function isInCookie({ scheme }: SecuritySchemeInfo): boolean {
  return scheme.type === "apiKey" && scheme.in === "cookie";
}

function isBasic({ scheme }: SecuritySchemeInfo): boolean {
  return scheme.type === "http" && scheme.scheme === "basic";
}

/** An interface without members would take anything, so that a credential for nothing would go unnoticed. */
function authType(name: string, schemes: readonly SecuritySchemeInfo[]): Statement {
  const presented = schemes.filter(({ scheme }) => scheme.type !== "mutualTLS");
  if (presented.length === 0)
    return alias("The service asks for no credentials.", name, EMPTY_RECORD);
  const members = presented.map((scheme) => ({
    comment: docs([
      ...textPart(scheme.description),
      ...(scheme.deprecated ? [{ kind: "tag", tag: "deprecated", text: "" } as const] : []),
    ]),
    code: propertySignature(memberKey(scheme.name), true, credentialType(scheme)),
  }));
  return exported(
    docComment([
      "Credentials by security scheme: a value, or a function that gives one, now or later.",
    ]),
    interfaceBlock(name, [], members),
    "other",
  );
}

function credentialType(scheme: SecuritySchemeInfo): Type {
  const value = isBasic(scheme) ? namedType("BasicCredential") : STRING_TYPE;
  return unionType([genericType("Credential", [value]), UNDEFINED_TYPE]);
}

function variablesInterface(name: string, variables: readonly ServerVariable[]): Statement {
  const members = variables.map((variable) => ({
    comment: docs([
      ...textPart(variable.description),
      { kind: "tag", tag: "defaultValue", text: JSON.stringify(variable.defaultValue) },
    ]),
    code: propertySignature(memberKey(variable.name), false, variableType(variable)),
  }));
  return exported(
    docComment(["The variables in the URL of the server."]),
    interfaceBlock(name, [], members),
    "other",
  );
}

function variableType({ values }: ServerVariable): Type {
  return values === undefined ? STRING_TYPE : unionType(values.map(stringType));
}
