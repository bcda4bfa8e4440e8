import type { JsonObject } from "../document/source.js";
import type { Expression } from "../emit/layout/expressions.js";
import type { ApiModel } from "../model/api-model.js";
import { declaredType } from "../model/declarations.js";
import type { NamedApi } from "../names/named-api.js";
import type { PlacedSchema } from "../resolve/resolved-api.js";
import { findFamilies } from "../types/families.js";
import type { TypeNode } from "../types/type-node.js";
import type { TypeTable } from "../types/types.js";
import type { ExampleSettings } from "./example.js";
import type { Lines } from "./program.js";
import type { ValueContext } from "./values/making.js";

/** What examples are made of besides their operation. */
export interface ExampleContext extends ExampleSettings, ValueContext {
  readonly table: TypeTable;
  readonly model: ApiModel;
  /** What programs call the client. */
  readonly clientVariable: string;
  /** The types of `models.ts`, by name. */
  readonly types: ReadonlyMap<string, TypeNode>;
  /** The schemas that those were made of. */
  readonly sources: ReadonlyMap<string, TypeSource>;
  /** Expressions of objects that were made, by the objects and the names of their types. */
  readonly expressions: WeakMap<JsonObject, Map<string, Expression | undefined>>;
  /** How programs begin, by the security schemes that they have credentials for. */
  readonly beginnings: Map<string, readonly Lines[]>;
  /** What variables are called that hold a value of a type, by the name of that. */
  readonly variables: Map<string, string>;
}

/** What a type was made of. */
export interface TypeSource {
  readonly placed: PlacedSchema;
  /** Whether the type is that of a request. */
  readonly input: boolean;
}

/** Looks up what all examples of a service need. */
export function exampleContext(
  context: Pick<ExampleContext, "table" | "model" | "clientVariable" | "clientModule">,
): ExampleContext {
  const { table, model } = context;
  return {
    ...context,
    types: new Map(
      model.schemas.map((declaration) => [declaration.name, declaredType(declaration)]),
    ),
    sources: sourcesOf(table.named),
    expressions: new WeakMap(),
    beginnings: new Map(),
    variables: new Map(),
    api: table.named.api,
    families: findFamilies(table.named.api),
    known: new Map(),
  };
}

function sourcesOf({ api, schemas }: NamedApi): ReadonlyMap<string, TypeSource> {
  const sources = new Map<string, TypeSource>();
  for (const [key, { name, inputName, formName }] of schemas) {
    const placed = api.schemas.get(key);
    if (placed === undefined) continue;
    sources.set(name, { placed, input: api.requestSchemas.has(key) });
    for (const other of [inputName, formName])
      if (other !== undefined) sources.set(other, { placed, input: true });
  }
  return sources;
}
