import { Project, type SourceFile, ts } from "ts-morph";
import { type Outcome, outcome } from "../diagnostics/diagnostic.js";
import type { NamedApi } from "../names/named-api.js";
import { operationIdentity } from "../names/operations.js";
import { operationKey, typesDocument } from "./feed.js";
import { liftType, memberName, type Lifting } from "./lift.js";
import { schemaKey } from "./normal-form.js";
import { typeText } from "./openapi-typescript.js";
import { UNKNOWN, type OperationTypes, type TypeNode } from "./type-node.js";

/** Every type of an API: what a caller may pass and what comes back. */
export interface TypeTable {
  readonly named: NamedApi;
  readonly schemas: ReadonlyMap<string, SchemaTypes>;
  /** By {@link operationIdentity}. */
  readonly operations: ReadonlyMap<string, OperationTypes>;
}

export interface SchemaTypes {
  readonly type: TypeNode;
  /** The type of a request, where readOnly or writeOnly make it another one. */
  readonly inputType: TypeNode | undefined;
}

/** Lets openapi-typescript type the operations and schemas, walks its text with ts-morph, and lifts each type. */
export function typeApi(named: NamedApi): Outcome<TypeTable> {
  const file = parse(typeText(typesDocument(named)));
  return outcome({
    named,
    schemas: schemaTypes(named, file),
    operations: operationTypes(named, file),
  });
}

function parse(text: string): SourceFile {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { noLib: true },
  });
  return project.createSourceFile("types.ts", text);
}

type Members = ReadonlyMap<string, ts.TypeNode>;

function membersOf(node: ts.Node | undefined): Members {
  const members =
    node !== undefined && (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node))
      ? node.members
      : [];
  return new Map(
    members.flatMap((member) =>
      ts.isPropertySignature(member) && member.type !== undefined
        ? [[memberName(member), member.type] as const]
        : [],
    ),
  );
}

function schemaTypes(named: NamedApi, file: SourceFile): ReadonlyMap<string, SchemaTypes> {
  const { api } = named;
  const schemas = membersOf(
    membersOf(file.getInterface("components")?.compilerNode).get("schemas"),
  );
  const lifting = liftingOf(named);
  const lifted = (name: string, input: boolean): TypeNode =>
    liftOptional(schemas.get(schemaKey(api, name, input)), lifting) ?? UNKNOWN;
  return new Map(
    [...api.schemas.keys()].map((name) => [
      name,
      {
        type: lifted(name, false),
        inputType: api.directedSchemas.has(name) ? lifted(name, true) : undefined,
      },
    ]),
  );
}

function operationTypes(named: NamedApi, file: SourceFile): ReadonlyMap<string, OperationTypes> {
  const typed = membersOf(file.getInterface("operations")?.compilerNode);
  const lifting = liftingOf(named);
  const operations = named.classes.flatMap((namedClass) => namedClass.operations);
  return new Map(
    operations.map(({ operation }, index) => {
      const members = membersOf(typed.get(operationKey(index)));
      const query = membersOf(membersOf(members.get("parameters")).get("query"));
      const responses = membersOf(members.get("responses"));
      const types: OperationTypes = {
        parameters: operation.parameters.map(
          (_, position) => liftOptional(query.get(`p${position}`), lifting) ?? UNKNOWN,
        ),
        requestBodies: contentTypes(
          members.get("requestBody"),
          operation.requestBody?.mediaTypes.length ?? 0,
          lifting,
        ),
        responses: operation.responses.map((response, position) =>
          contentTypes(responses.get(`r${position}`), response.mediaTypes.length, lifting),
        ),
      };
      return [operationIdentity(operation), types];
    }),
  );
}

function contentTypes(
  node: ts.TypeNode | undefined,
  count: number,
  lifting: Lifting,
): readonly (TypeNode | undefined)[] {
  const content = membersOf(membersOf(node).get("content"));
  return Array.from({ length: count }, (_, position) =>
    liftOptional(content.get(`m${position}`), lifting),
  );
}

function liftOptional(node: ts.TypeNode | undefined, lifting: Lifting): TypeNode | undefined {
  return node === undefined ? undefined : liftType(node, lifting);
}

/** The type names behind the keys that openapi-typescript saw. */
function liftingOf({ api, schemas }: NamedApi): Lifting {
  const names = new Map<string, string>();
  for (const [schema, { name, inputName }] of schemas) {
    names.set(schemaKey(api, schema, true), inputName ?? name);
    names.set(schemaKey(api, schema, false), name);
  }
  return { names, document: api.document };
}
