import {
  StructureKind,
  VariableDeclarationKind,
  type InterfaceDeclarationStructure,
  type TypeAliasDeclarationStructure,
} from "ts-morph";
import type { ApiModel } from "../model/api-model.js";
import type { SecuritySchemeInfo, ServerVariable } from "../resolve/resolved-api.js";
import { textPart } from "../types/docs.js";
import { serverText } from "./calls.js";
import {
  code,
  identifier,
  joined,
  literal,
  memberKey,
  objectLiteral,
  stringLiteral,
  type Code,
} from "./code.js";
import { docStructures } from "./declarations.js";
import type { FileStructure } from "./file.js";
import { importDeclarations } from "./imports.js";

/** What the document says of the service as a whole, as data, and the options that follow from it. */
export function serviceFile(model: ApiModel, runtime: string): FileStructure {
  const name = model.clientName;
  const hasBasic = model.securitySchemes.some(isBasic);
  const hasCredential = model.securitySchemes.some(({ scheme }) => scheme.type !== "mutualTLS");
  const variables = serverVariables(model);
  const options = [
    "CallOptions",
    "ClientOptions",
    ...(hasCredential ? ["Credential"] : []),
    ...(hasBasic ? ["BasicCredential"] : []),
  ];
  const imports = importDeclarations([
    ...options.map((option) => ({ name: option, from: `${runtime}/options.js`, isType: true })),
    { name: "Service", from: `${runtime}/service.js`, isType: true },
  ]);
  const auth = identifier(`${name}Auth`);
  const variablesType = identifier(`${name}ServerVariables`);
  const clientOptions =
    variables.length === 0
      ? code`ClientOptions<${auth}>`
      : code`ClientOptions<${auth}, ${variablesType}>`;
  return {
    path: "service.ts",
    statements: [
      ...imports.map(
        (structure) => ({ kind: StructureKind.ImportDeclaration, ...structure }) as const,
      ),
      {
        kind: StructureKind.VariableStatement,
        isExported: true,
        declarationKind: VariableDeclarationKind.Const,
        docs: ["The servers and security schemes of the document."],
        declarations: [{ name: "service", type: "Service", initializer: serviceText(model) }],
      },
      authType(`${name}Auth`, model.securitySchemes),
      ...(variables.length === 0 ? [] : [variablesInterface(`${name}ServerVariables`, variables)]),
      {
        kind: StructureKind.TypeAlias,
        isExported: true,
        name: `${name}Options`,
        docs: [`What \`new ${name}(...)\` takes.`],
        type: clientOptions,
      },
      {
        kind: StructureKind.TypeAlias,
        isExported: true,
        name: "RequestOptions",
        docs: ["What the last argument of every method takes: settings for one call."],
        type: code`CallOptions<${auth}>`,
      },
    ],
  };
}

function serviceText(model: ApiModel): Code {
  const schemes = model.securitySchemes.map(
    ({ name, scheme }) => [name, literal({ ...scheme })] as const,
  );
  return objectLiteral([
    ["name", stringLiteral(model.clientName)],
    ["servers", code`[${joined(model.servers.map(serverText), code`, `)}]`],
    ["securitySchemes", objectLiteral(schemes)],
  ]);
}

function isBasic({ scheme }: SecuritySchemeInfo): boolean {
  return scheme.type === "http" && scheme.scheme === "basic";
}

/** An interface without members would take anything, so that a credential for nothing would go unnoticed. */
function authType(
  name: string,
  schemes: readonly SecuritySchemeInfo[],
): InterfaceDeclarationStructure | TypeAliasDeclarationStructure {
  const presented = schemes.filter(({ scheme }) => scheme.type !== "mutualTLS");
  const common = { isExported: true, name } as const;
  if (presented.length === 0)
    return {
      kind: StructureKind.TypeAlias,
      ...common,
      docs: ["The service asks for no credentials."],
      type: "Record<string, never>",
    };
  return {
    kind: StructureKind.Interface,
    ...common,
    docs: ["Credentials by security scheme: a value, or a function that gives one, now or later."],
    properties: presented.map((scheme) => ({
      name: memberKey(scheme.name),
      hasQuestionToken: true,
      type: code`Credential<${isBasic(scheme) ? code`BasicCredential` : code`string`}> | undefined`,
      docs: docStructures(textPart(scheme.description)),
    })),
  };
}

/** The variables of all servers, by name; the same name in two of them is one option. */
function serverVariables(model: ApiModel): readonly ServerVariable[] {
  return [
    ...new Map(
      model.servers
        .flatMap((server) => server.variables)
        .map((variable) => [variable.name, variable]),
    ).values(),
  ];
}

function variablesInterface(
  name: string,
  variables: readonly ServerVariable[],
): InterfaceDeclarationStructure {
  return {
    kind: StructureKind.Interface,
    isExported: true,
    name,
    docs: ["The variables in the URL of the server."],
    properties: variables.map((variable) => ({
      name: memberKey(variable.name),
      type:
        variable.values === undefined
          ? code`string`
          : joined(variable.values.map(stringLiteral), code` | `),
      docs: docStructures([
        ...textPart(variable.description),
        { kind: "tag", tag: "defaultValue", text: JSON.stringify(variable.defaultValue) },
      ]),
    })),
  };
}
