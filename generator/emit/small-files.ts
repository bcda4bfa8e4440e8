import type { ApiModel, OperationModel } from "../model/api-model.js";
import { declarationDocs } from "../model/declaration-docs.js";
import { declarationLeaves } from "../model/type-leaves.js";
import { decodersOf, encodersOf } from "../model/call-parts.js";
import { identifier, NOTHING } from "./code.js";
import { declaration } from "./declarations.js";
import type { FileStructure } from "./file.js";
import {
  filePartImport,
  importDeclarations,
  linkImports,
  placesOf,
  type Import,
  type Places,
} from "./imports.js";
import { docComment } from "./layout/comments.js";
import { call, literal, pure } from "./layout/expressions.js";
import {
  constant,
  exported,
  exportFrom,
  interfaceBlock,
  type Statement,
} from "./layout/statements.js";
import { genericType, namedType, propertySignature } from "./layout/types.js";
import { hasDeviceFlow, hasOAuthFlows } from "./oauth2-file.js";

/** All that the file of the schemas is made of. */
export interface ModelsFileParts {
  readonly schemas: ApiModel["schemas"];
  readonly imports: readonly Import[];
}

/**
 * What the file of the schemas is made of.
 *
 * @param runtime the way to the folder of the runtime
 */
export function modelsFileParts(
  { schemas }: Pick<ApiModel, "schemas">,
  places: Places,
  runtime: string,
): ModelsFileParts {
  const hasFiles = schemas.flatMap(declarationLeaves).some(({ kind }) => kind === "filePart");
  const imports = [
    ...(hasFiles ? [filePartImport(runtime)] : []),
    ...linkImports(
      schemas.flatMap(declarationDocs),
      places,
      new Set(schemas.map(({ name }) => name)),
    ),
  ];
  return { schemas, imports };
}

/** The types of all schemas. */
export function modelsFile({ schemas, imports }: ModelsFileParts): FileStructure {
  const statements = [...importDeclarations(imports), ...schemas.map(declaration)];
  return { path: "models.ts", statements };
}

/** What each operation is answered with, by name, so that errors can be told apart. */
export function operationsFile(model: ApiModel, runtime: string): FileStructure {
  const { ofOperations: files } = placesOf(model);
  const operations = requests(model).map(({ methodName, answers }) => {
    const responsesName = answers[0]?.responsesName ?? "";
    return { methodName, responsesName, from: files.get(responsesName) ?? "" };
  });
  const imports = importDeclarations([
    { name: "apiErrorGuard", from: `${runtime}/is-api-error.js`, isType: false },
    { name: "ApiErrorGuard", from: `${runtime}/is-api-error.js`, isType: true },
    ...operations.map(({ responsesName, from }) => ({ name: responsesName, from, isType: true })),
  ]);
  return {
    path: "operations.ts",
    statements: [
      ...imports,
      operationsInterface(operations),
      errorGuard(model.clientName, operations[0]?.methodName ?? "operation"),
    ],
  };
}

/** The operations that are sent, each once: it may be in two classes, if one of them is that of an earlier release. */
function requests({ classes }: ApiModel): readonly OperationModel[] {
  const all = classes
    .flatMap(({ operations }) => operations)
    .filter(({ call: { kind } }) => kind === "request");
  return [...new Map(all.map((operation) => [operation.methodName, operation])).values()];
}

function operationsInterface(
  operations: readonly { readonly methodName: string; readonly responsesName: string }[],
): Statement {
  const members = operations.map(({ methodName, responsesName }) => ({
    comment: NOTHING,
    code: propertySignature(identifier(methodName), false, namedType(responsesName)),
  }));
  return exported(
    docComment(["What each operation is answered with, by status."]),
    interfaceBlock("Operations", [], members),
    "other",
  );
}

function errorGuard(clientName: string, example: string): Statement {
  return exported(
    docComment([
      "Tells whether an error is an answer of this service, and of which operation: after",
      `\`isApiError(error, "${example}")\` its \`status\` tells the type of its \`body\`.`,
    ]),
    constant(
      "isApiError",
      genericType("ApiErrorGuard", [namedType("Operations")]),
      pure(call("apiErrorGuard", [literal(clientName)])),
    ),
    "other",
  );
}

/** Names that users take from a module of the runtime. One of which they name only types is not loaded for that. */
interface RuntimeExport {
  readonly stem: string;
  readonly isTypeOnly: boolean;
  readonly names: readonly string[];
}

/**
 * What of the runtime users name, whatever the document has. Fakes are for tests: they are not here, so that a
 * program which is not bundled does not load them.
 */
const RUNTIME_EXPORTS: readonly RuntimeExport[] = [
  { stem: "api-promise", isTypeOnly: true, names: ["ApiPromise"] },
  { stem: "binary", isTypeOnly: true, names: ["BinaryBody"] },
  {
    stem: "download",
    isTypeOnly: false,
    names: ["download", "DownloadChangedError", "downloadIfChanged"],
  },
  { stem: "download", isTypeOnly: true, names: ["Download", "DownloadOptions"] },
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
  { stem: "event-parser", isTypeOnly: true, names: ["ServerSentEvent"] },
  { stem: "event-stream", isTypeOnly: true, names: ["EventStream", "EventStreamOptions"] },
  { stem: "logging", isTypeOnly: false, names: ["logging", "logLine"] },
  { stem: "logging", isTypeOnly: true, names: ["LogRecord"] },
  { stem: "middleware", isTypeOnly: true, names: ["Middleware", "MiddlewareContext"] },
  {
    stem: "options",
    isTypeOnly: true,
    names: ["BasicCredential", "Credential", "CredentialRequest"],
  },
  { stem: "progress", isTypeOnly: false, names: ["downloadProgress", "uploadProgress"] },
  { stem: "progress", isTypeOnly: true, names: ["ProgressListener"] },
  {
    stem: "reconnection",
    isTypeOnly: true,
    names: ["ReconnectedEvent", "ReconnectingEvent", "ReconnectOptions"],
  },
  { stem: "rate-limit", isTypeOnly: false, names: ["rateLimitOf"] },
  { stem: "rate-limit", isTypeOnly: true, names: ["RateLimit"] },
  { stem: "request-id", isTypeOnly: false, names: ["requestId"] },
  { stem: "responses", isTypeOnly: true, names: ["Data", "Result", "WithResponse"] },
  { stem: "retry", isTypeOnly: true, names: ["RetryEvent", "RetryOptions"] },
  { stem: "stream-body", isTypeOnly: false, names: ["streamBody"] },
  { stem: "stream-part", isTypeOnly: false, names: ["streamPart"] },
  { stem: "stream-part", isTypeOnly: true, names: ["FilePart"] },
  { stem: "undocumented-call", isTypeOnly: true, names: ["UndocumentedCall"] },
];

/** What users of sequences of JSON values name besides. */
function streamExports(model: ApiModel): readonly RuntimeExport[] {
  const calls = model.classes.flatMap(({ operations }) => operations.map(({ call }) => call));
  const receives = calls
    .flatMap(({ response }) => decodersOf(response))
    .some(
      (decoder) =>
        typeof decoder === "object" && "kind" in decoder && decoder.kind === "jsonStream",
    );
  const sends = calls.some(({ body }) =>
    encodersOf(body).some(({ encoder }) => encoder === "jsonItems"),
  );
  return [
    ...(receives
      ? [{ stem: "json-stream", isTypeOnly: true, names: ["JsonStream", "JsonStreamOptions"] }]
      : []),
    ...(sends ? [{ stem: "json-items", isTypeOnly: true, names: ["JsonItems"] }] : []),
  ];
}

/** What of the runtime users of lists name besides. */
function pagingExports(model: ApiModel): readonly RuntimeExport[] {
  const kinds = model.classes
    .flatMap(({ operations }) => operations)
    .flatMap(({ call: { paging } }) => (paging === undefined ? [] : [paging.kind]));
  if (kinds.length === 0) return [];
  const links = { stem: "link-pages", isTypeOnly: true, names: LINK_PAGES };
  return [
    ...(kinds.includes("link") ? [links] : []),
    { stem: "paged-promise", isTypeOnly: true, names: ["PagedPromise"] },
    { stem: "pages", isTypeOnly: true, names: ["Cursors", "Page", "PagesOptions"] },
    { stem: "paging-error", isTypeOnly: false, names: ["PagingError"] },
    { stem: "starting-at", isTypeOnly: false, names: ["startingAt"] },
  ];
}

const LINK_PAGES = ["LinkPagedPromise", "LinkPagesOptions"];

/** What they name when tokens are kept for them: by the flows of the document, or by a helper. */
function sessionExports(model: ApiModel): readonly RuntimeExport[] {
  const hasFlows = hasOAuthFlows(model);
  return [
    ...(hasFlows ? OAUTH2_EXPORTS : []),
    ...(hasDeviceFlow(model) ? DEVICE_EXPORTS : []),
    ...(hasFlows || model.helpers.length > 0 ? SESSION_EXPORTS : []),
  ];
}

const OAUTH2_EXPORTS: readonly RuntimeExport[] = [
  { stem: "authorization-code", isTypeOnly: true, names: ["PendingAuthorization"] },
  { stem: "oauth2", isTypeOnly: false, names: ["OAuth2Session"] },
  { stem: "oauth2-error", isTypeOnly: false, names: ["OAuth2Error"] },
];

const DEVICE_EXPORTS: readonly RuntimeExport[] = [
  { stem: "device-login", isTypeOnly: false, names: ["deviceLogin"] },
  { stem: "device-login", isTypeOnly: true, names: ["DeviceCode", "DeviceLoginOptions"] },
];

const SESSION_EXPORTS: readonly RuntimeExport[] = [
  {
    stem: "session-errors",
    isTypeOnly: false,
    names: ["LoginRefusedError", "SessionExpiredError"],
  },
  { stem: "token-storage", isTypeOnly: false, names: ["webLock", "webStorage"] },
  { stem: "token-storage", isTypeOnly: true, names: ["TokenSet", "TokenStorage"] },
];

/** Everything that a user of the client can need, in one place. */
export function indexFile(model: ApiModel, runtime: string): FileStructure {
  const everything = [
    "client",
    ...model.classes.map(({ fileStem }) => fileStem),
    ...(hasOAuthFlows(model) ? ["oauth2"] : []),
    "operations",
    "service",
    ...model.helpers,
  ];
  const ofRuntime = [
    ...RUNTIME_EXPORTS,
    ...streamExports(model),
    ...pagingExports(model),
    ...sessionExports(model),
  ];
  return {
    path: "index.ts",
    statements: [
      ...everything.map((stem) => exportFrom(undefined, `./${stem}.js`, false)),
      ...(model.schemas.length === 0 ? [] : [exportFrom(undefined, "./models.js", true)]),
      ...ofRuntime.map(({ stem, isTypeOnly, names }) =>
        exportFrom(
          names.map((name) => ({ name, isType: false })),
          `${runtime}/${stem}.js`,
          isTypeOnly,
        ),
      ),
    ],
  };
}
