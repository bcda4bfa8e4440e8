import { decodersOf } from "../model/call-parts.js";
import type { ApiModel, ClassModel, OperationModel } from "../model/api-model.js";
import type { FileStructure } from "../emit/file.js";
import { importDeclarations, type Import } from "../emit/imports.js";
import { docComment } from "../emit/layout/comments.js";
import { call, literal, pure, variable } from "../emit/layout/expressions.js";
import { constant, exported, type Statement } from "../emit/layout/statements.js";
import { genericType, namedType, stringType } from "../emit/layout/types.js";
import type { Bridge } from "./bridge.js";
import { operationsOnce } from "./operations-once.js";

/** The functions of the runtime that make options, and the types of what they make. */
const FACTORIES = {
  Query: { make: "query", type: "QueryFactory", what: "Query of" },
  Infinite: { make: "infiniteQuery", type: "InfiniteQueryFactory", what: "Pages of" },
  Mutation: { make: "mutation", type: "MutationFactory", what: "Mutation by" },
} as const;

/** None ends in another one, so that no name can come from two operations. */
type Ending = keyof typeof FACTORIES;

/** Options for TanStack Query: a constant for each operation and each use of it. */
export const tanstackQueryBridge: Bridge = ({ model, runtime }) => [
  queryFile(model, `${runtime}/tanstack-query.js`),
];

function queryFile(model: ApiModel, from: string): FileStructure {
  const classes = operationsOnce(model.classes);
  const parts = classes.map((found) => ({ found, uses: found.operations.flatMap(usesOf) }));
  const used = parts.filter(({ uses }) => uses.length > 0);
  const statements = used.flatMap(({ found, uses }) => [
    keyStatement(model, found),
    ...uses.map(([operation, ending]) => factoryStatement(found, operation, ending)),
  ]);
  const endings = new Set(used.flatMap(({ uses }) => uses.map(([, ending]) => ending)));
  return {
    path: "tanstack-query.ts",
    statements: [...importDeclarations(importsOf(used, endings, from)), ...statements],
  };
}

function importsOf(
  used: readonly { readonly found: ClassModel }[],
  endings: ReadonlySet<Ending>,
  from: string,
): readonly Import[] {
  const functions = [...endings].flatMap((ending) => {
    const { make, type } = FACTORIES[ending];
    return [
      { name: make, from, isType: false },
      { name: type, from, isType: true },
    ];
  });
  return [
    ...(used.length === 0
      ? []
      : [
          { name: "queryKey", from, isType: false },
          { name: "KeyFactory", from, isType: true },
        ]),
    ...functions,
    ...used.map(({ found: { className, fileStem } }) => ({
      name: className,
      from: `./${fileStem}.js`,
      isType: true,
    })),
  ];
}

/** What an operation can be used for: what reads is a query, all else a mutation; what never ends is neither. */
function usesOf(operation: OperationModel): readonly (readonly [OperationModel, Ending])[] {
  const { call: described, answers } = operation;
  if (described.kind === "url" || isStream(operation)) return [];
  if (!["GET", "HEAD"].includes(described.method)) return [[operation, "Mutation"]];
  const isPaged = described.paging !== undefined && answers.some(({ item }) => item !== undefined);
  return [
    [operation, "Query"],
    ...(isPaged && answers.length === 1 ? [[operation, "Infinite"] as const] : []),
  ];
}

function isStream({ call: { response } }: OperationModel): boolean {
  return decodersOf(response).some(
    (decoder) =>
      // What else has a form of its own is JSON with 64-bit integers.
      typeof decoder === "object" && "kind" in decoder,
  );
}

function keyStatement(
  { clientName }: ApiModel,
  { className, propertyName }: ClassModel,
): Statement {
  const made = call("queryKey", [literal(clientName), literal(propertyName)]);
  return exported(
    docComment([`What the keys of all queries of {@link ${className}} begin with.`]),
    constant(keyName(propertyName), genericType("KeyFactory", [namedType(className)]), pure(made)),
    "other",
  );
}

function keyName(propertyName: string): string {
  return `${propertyName}Key`;
}

function factoryStatement(
  { className, propertyName }: ClassModel,
  { methodName, params }: OperationModel,
  ending: Ending,
): Statement {
  const { make, type, what } = FACTORIES[ending];
  const made = call(make, [
    variable(keyName(propertyName)),
    literal(methodName),
    ...(params === undefined ? [literal({ params: false })] : []),
  ]);
  return exported(
    docComment([`${what} {@link ${className}.${methodName}}.`]),
    constant(
      `${methodName}${ending}`,
      genericType(type, [namedType(className), stringType(methodName)]),
      pure(made),
    ),
    "other",
  );
}
