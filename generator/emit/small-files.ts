import { type ExportDeclarationStructure, StructureKind, VariableDeclarationKind } from "ts-morph";
import type { ApiModel } from "../model/api-model.js";
import { code, identifier, stringLiteral } from "./code.js";
import { declaration } from "./declarations.js";
import type { FileStructure } from "./file.js";
import { importDeclarations } from "./imports.js";

/** The types of all schemas. */
export function modelsFile(model: ApiModel): FileStructure {
  return { path: "models.ts", statements: model.schemas.map(declaration) };
}

/** What each operation is answered with, by name, so that errors can be told apart. */
export function operationsFile(model: ApiModel, runtime: string): FileStructure {
  const operations = model.classes.flatMap(({ fileStem, operations: own }) =>
    own
      .filter(({ call }) => call.kind === "request")
      .map(({ methodName, answers }) => ({
        methodName,
        from: `./${fileStem}.js`,
        responsesName: answers[0]?.responsesName ?? "",
      })),
  );
  const imports = importDeclarations([
    { name: "apiErrorGuard", from: `${runtime}/is-api-error.js`, isType: false },
    { name: "ApiErrorGuard", from: `${runtime}/is-api-error.js`, isType: true },
    ...operations.map(({ responsesName, from }) => ({ name: responsesName, from, isType: true })),
  ]);
  return {
    path: "operations.ts",
    statements: [
      ...imports.map(
        (structure) => ({ kind: StructureKind.ImportDeclaration, ...structure }) as const,
      ),
      {
        kind: StructureKind.Interface,
        isExported: true,
        name: "Operations",
        docs: ["What each operation is answered with, by status."],
        properties: operations.map(({ methodName, responsesName }) => ({
          name: identifier(methodName),
          type: identifier(responsesName),
        })),
      },
      {
        kind: StructureKind.VariableStatement,
        isExported: true,
        declarationKind: VariableDeclarationKind.Const,
        docs: [
          `Tells whether an error is an answer of this service, and of which operation: after
\`isApiError(error, "${operations[0]?.methodName ?? "operation"}")\` its \`status\` tells the type of its \`body\`.`,
        ],
        declarations: [
          {
            name: "isApiError",
            type: "ApiErrorGuard<Operations>",
            initializer: code`/* @__PURE__ */ apiErrorGuard(${stringLiteral(model.clientName)})`,
          },
        ],
      },
    ],
  };
}

/** What of the runtime users name. Modules of which they name only types are not loaded for that. */
const RUNTIME_EXPORTS = [
  { stem: "api-promise", isTypeOnly: true, names: ["ApiPromise"] },
  { stem: "binary", isTypeOnly: true, names: ["BinaryBody"] },
  {
    stem: "errors",
    isTypeOnly: false,
    names: [
      "ApiError",
      "ClientError",
      "ConfigurationError",
      "ConnectionError",
      "DecodeError",
      "MissingCredentialsError",
      "RedirectError",
      "TimeoutError",
    ],
  },
  { stem: "errors", isTypeOnly: true, names: ["ApiErrorWith"] },
  { stem: "event-stream", isTypeOnly: true, names: ["EventStream", "ServerSentEvent"] },
  { stem: "options", isTypeOnly: true, names: ["BasicCredential", "Credential"] },
  { stem: "responses", isTypeOnly: true, names: ["Data", "Result", "WithResponse"] },
] as const;

/** Everything that a user of the client can need, in one place. */
export function indexFile(model: ApiModel, runtime: string): FileStructure {
  const everything = [
    "client",
    ...model.classes.map(({ fileStem }) => fileStem),
    "operations",
    "service",
  ];
  return {
    path: "index.ts",
    statements: [
      ...everything.map(
        (stem) =>
          ({ kind: StructureKind.ExportDeclaration, moduleSpecifier: `./${stem}.js` }) as const,
      ),
      ...(model.schemas.length === 0
        ? []
        : [
            {
              kind: StructureKind.ExportDeclaration,
              moduleSpecifier: "./models.js",
              isTypeOnly: true,
            } as const,
          ]),
      ...RUNTIME_EXPORTS.map(({ stem, isTypeOnly, names }): ExportDeclarationStructure => ({
        kind: StructureKind.ExportDeclaration,
        moduleSpecifier: `${runtime}/${stem}.js`,
        isTypeOnly,
        namedExports: [...names],
      })),
    ],
  };
}
