import type * as TypeScript from "typescript";
import { type Outcome, outcome } from "../diagnostics/diagnostic.js";
import type { Int64Policy } from "../document/int64-policy.js";
import type { NamedApi } from "../names/named-api.js";
import { operationIdentity } from "../names/operations.js";
import { schemaDocs } from "./docs.js";
import { operationPlace, typesDocument, type Feed } from "./feed.js";
import { liftType, memberKey, type Lifting } from "./lift.js";
import { schemaKey, type Use } from "./reference-form.js";
import { ts, typeDeclarations } from "./openapi-typescript.js";
import { UNKNOWN, type OperationTypes, type TypeNode } from "./type-node.js";

/** Every type of an API: what a caller may pass and what comes back. */
export interface TypeTable {
  readonly named: NamedApi;
  /** What a 64-bit integer is. */
  readonly int64: Int64Policy;
  readonly schemas: ReadonlyMap<string, SchemaTypes>;
  /** By {@link operationIdentity}. */
  readonly operations: ReadonlyMap<string, OperationTypes>;
}

export interface SchemaTypes {
  readonly type: TypeNode;
  /** The type of a request, where readOnly or writeOnly make it another one. */
  readonly inputType: TypeNode | undefined;
  /** The type in a multipart body, where files make it another one. */
  readonly formType: TypeNode | undefined;
}

/** Lets openapi-typescript type the operations and schemas, walks what it declares, and lifts each type. */
export function typeApi(named: NamedApi, int64: Int64Policy = "number"): Outcome<TypeTable> {
  const feed = typesDocument(named, int64);
  const declarations = typeDeclarations(feed.document);
  const components = membersOf(interfaceOf(declarations, "components"));
  const lifting = liftingOf(named, feed, int64);
  return outcome({
    named,
    int64,
    schemas: schemaTypes(named, membersOf(components.get("schemas")), lifting),
    operations: operationTypes(
      named,
      pathItemsOf(declarations),
      membersOf(components.get("responses")),
      lifting,
    ),
  });
}

function interfaceOf(
  declarations: readonly TypeScript.Node[],
  name: string,
): TypeScript.InterfaceDeclaration | undefined {
  return declarations
    .filter(ts.isInterfaceDeclaration)
    .find((declaration) => ts.idText(declaration.name) === name);
}

type Members = ReadonlyMap<string, TypeScript.TypeNode>;

function membersOf(node: TypeScript.Node | undefined): Members {
  const members =
    node !== undefined && (ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node))
      ? node.members
      : [];
  return new Map(
    members.flatMap((member) =>
      ts.isPropertySignature(member) && member.type !== undefined
        ? [[memberKey(member), member.type] as const]
        : [],
    ),
  );
}

/** What stands in each path item, by the path. */
function pathItemsOf(declarations: readonly TypeScript.Node[]): ReadonlyMap<string, Members> {
  const paths = membersOf(interfaceOf(declarations, "paths"));
  return new Map([...paths].map(([path, item]) => [path, membersOf(item)]));
}

const OUTPUT: Use = { input: false, files: false };
const INPUT: Use = { input: true, files: false };
const FORM: Use = { input: true, files: true };

function schemaTypes(
  { api }: NamedApi,
  schemas: Members,
  lifting: Lifting,
): ReadonlyMap<string, SchemaTypes> {
  const lifted = (name: string, use: Use): TypeNode =>
    liftOptional(schemas.get(schemaKey(api, name, use)), lifting) ?? UNKNOWN;
  return new Map(
    [...api.schemas.keys()].map((name) => [
      name,
      {
        type: lifted(name, OUTPUT),
        inputType: api.directedSchemas.has(name) ? lifted(name, INPUT) : undefined,
        formType: api.formSchemas.has(name) ? lifted(name, FORM) : undefined,
      },
    ]),
  );
}

function operationTypes(
  named: NamedApi,
  pathItems: ReadonlyMap<string, Members>,
  sharedResponses: Members,
  lifting: Lifting,
): ReadonlyMap<string, OperationTypes> {
  const operations = named.classes.flatMap((namedClass) => namedClass.operations);
  const responseTypes = new Map(
    [...sharedResponses].map(([key, node]) => [key, contentTypes(node, lifting)] as const),
  );
  return new Map(
    operations.map(({ operation }, index) => {
      const { path, method } = operationPlace(index);
      const members = membersOf(pathItems.get(path)?.get(method));
      const query = membersOf(membersOf(members.get("parameters")).get("query"));
      const responses = membersOf(members.get("responses"));
      const types: OperationTypes = {
        parameters: operation.parameters.map(
          (_, position) => liftOptional(query.get(`p${position}`), lifting) ?? UNKNOWN,
        ),
        requestBodies: contentTypes(members.get("requestBody"), lifting),
        responses: operation.responses.map(
          (_, position) => responseTypes.get(referencedKey(responses.get(`r${position}`))) ?? [],
        ),
      };
      return [operationIdentity(operation), types];
    }),
  );
}

function referencedKey(node: TypeScript.TypeNode | undefined): string {
  return node !== undefined && ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)
    ? ts.idText(node.typeName)
    : "";
}

/** The types of the media types of a body, in their order. */
function contentTypes(
  node: TypeScript.TypeNode | undefined,
  lifting: Lifting,
): readonly TypeNode[] {
  const content = membersOf(membersOf(node).get("content"));
  return [...content.values()].map((type) => liftType(type, lifting));
}

function liftOptional(
  node: TypeScript.TypeNode | undefined,
  lifting: Lifting,
): TypeNode | undefined {
  return node === undefined ? undefined : liftType(node, lifting);
}

/** What stands behind the keys that openapi-typescript saw. */
function liftingOf({ api, schemas }: NamedApi, feed: Feed, int64: Int64Policy): Lifting {
  const names = new Map<string, string>();
  for (const [schema, { name, inputName, formName }] of schemas) {
    names.set(schemaKey(api, schema, FORM), formName ?? inputName ?? name);
    names.set(schemaKey(api, schema, INPUT), inputName ?? name);
    names.set(schemaKey(api, schema, OUTPUT), name);
  }
  const properties = new Map(
    [...feed.properties].map(([key, { name, pointer }]) => [
      key,
      { name, docs: schemaDocs(api, pointer, int64) },
    ]),
  );
  return { names, properties, int64 };
}
