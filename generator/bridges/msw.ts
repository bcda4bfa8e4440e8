import type { JsonValue } from "../document/source.js";
import type { FileStructure } from "../emit/file.js";
import { importDeclarations } from "../emit/imports.js";
import { docComment } from "../emit/layout/comments.js";
import { call, literal, pure, variable } from "../emit/layout/expressions.js";
import { constant, exported, type Statement } from "../emit/layout/statements.js";
import { genericType, namedType, simpleType, stringType, unionType } from "../emit/layout/types.js";
import { code } from "../emit/code.js";
import type { ApiModel, CallModel, ClassModel, OperationModel } from "../model/api-model.js";
import type { Bridge } from "./bridge.js";
import { operationsOnce } from "./operations-once.js";

/** Handlers for Mock Service Worker: a constant for each operation that makes them. */
export const mswBridge: Bridge = ({ model, runtime }) => [handlersFile(model, `${runtime}/msw.js`)];

function handlersFile({ classes }: ApiModel, from: string): FileStructure {
  const found = operationsOnce(classes).map(({ operations, ...others }) => ({
    ...others,
    operations: operations.filter(({ call: { kind } }) => kind === "request"),
  }));
  const used = found.filter(({ operations }) => operations.length > 0);
  const common = [
    { name: "http", from: "msw", isType: false },
    { name: "HttpHandler", from: "msw", isType: true },
    { name: "handler", from, isType: false },
    { name: "HandlerFactory", from, isType: true },
    { name: "service", from: "./service.js", isType: false },
  ];
  const own = used.map(({ className, fileStem }) => ({
    name: className,
    from: `./${fileStem}.js`,
    isType: true,
  }));
  const statements = used.flatMap((one) =>
    one.operations.map((operation) => factoryStatement(one, operation)),
  );
  const imports = used.length === 0 ? [] : importDeclarations([...common, ...own]);
  return { path: "msw.ts", statements: [...imports, ...statements] };
}

function factoryStatement(
  { className }: Pick<ClassModel, "className">,
  { methodName, call: described }: OperationModel,
): Statement {
  const keys = described.parameters.filter(({ location }) => location === "path");
  const type = genericType("HandlerFactory", [
    namedType(className),
    stringType(methodName),
    keys.length === 0
      ? simpleType(code`never`)
      : unionType(keys.map(({ wireName }) => stringType(wireName))),
    namedType("HttpHandler"),
  ]);
  const made = call("handler", [
    variable("http"),
    variable("service"),
    literal(routeOf(described)),
  ]);
  return exported(
    docComment([`Answers {@link ${className}.${methodName}}.`]),
    constant(`${methodName}Handler`, type, pure(made)),
    "other",
  );
}

/** What tells the requests of an operation from all others. */
function routeOf({ method, path, fixedQuery, parameters }: CallModel): JsonValue {
  const wide = parameters
    .filter(({ location, style }) => location === "path" && style?.reserved !== undefined)
    .map(({ wireName }) => wireName);
  return {
    method,
    path,
    ...(fixedQuery.length === 0 ? {} : { query: Object.fromEntries(fixedQuery) }),
    ...(wide.length === 0 ? {} : { wide }),
  };
}
