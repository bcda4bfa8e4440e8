import { diagnostic } from "../diagnostics/codes.js";
import { collect, type Findings, type Outcome } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { compareText } from "../document/json.js";
import type { NamedApi, NamedClass, NamedOperation } from "../names/named-api.js";
import { operationIdentity } from "../names/operations.js";
import type { ResolvedApi } from "../resolve/resolved-api.js";
import { docsOf, textPart, type Docs } from "../types/docs.js";
import type { TypeTable } from "../types/types.js";
import type { OperationTypes } from "../types/type-node.js";
import type { ApiModel, ClassModel, Int64Places, OperationModel } from "./api-model.js";
import { breakCycles } from "./cycles.js";
import { declare, type NamedType, type TypesByName } from "./declarations.js";
import { earlierClassDocs, earlierOperation, withEarlier } from "./earlier.js";
import { int64Finder, reachedSchemas, type Int64Finder } from "./int64-places.js";
import { inPageTargets } from "./in-page-references.js";
import { int64Uses } from "./int64-uses.js";
import { withLinks } from "./links.js";
import { operationModel, sentence } from "./operations.js";

/** Joins what the document says about the wire with what the types say about TypeScript. */
export function modelApi(table: TypeTable): Outcome<ApiModel> {
  return collect(modelled(table));
}

function* modelled(table: TypeTable): Findings<ApiModel> {
  const { api, clientName, helpers, classes } = table.named;
  const { types, broken } = breakCycles(schemaTypes(table));
  yield* brokenCycles(table.named, broken);
  const int64 = int64Finder(types, table.int64);
  const byName = typesByName(types);
  const models = classes.map((namedClass) => classModel(namedClass, table, byName, int64));
  const model = {
    clientName,
    title: api.title,
    version: api.version,
    description: api.description,
    servers: api.servers,
    securitySchemes: api.securitySchemes,
    helpers,
    classes: models,
    schemas: withEarlier(declare(types), table.named),
    int64Schemas: reachedSchemas(models.flatMap(placesOfClass), int64.schemas),
  };
  return withLinks(model, inPageTargets(table.named));
}

function schemaTypes({ named, schemas, int64 }: TypeTable): readonly NamedType[] {
  const types = [...schemas].flatMap(([schema, { type, inputType, formType }]): NamedType[] => {
    const names = named.schemas.get(schema);
    const docs = docsOf(named.api.schemas.get(schema)?.schema ?? {}, int64).filter(
      (part) => part.kind !== "tag" || part.tag === "deprecated",
    );
    if (names === undefined) return [];
    return [
      { name: names.name, docs, type },
      ...(inputType && names.inputName ? [{ name: names.inputName, docs, type: inputType }] : []),
      ...(formType && names.formName ? [{ name: names.formName, docs, type: formType }] : []),
    ];
  });
  return types.sort((left, right) => compareText(left.name, right.name));
}

function* brokenCycles(named: NamedApi, broken: readonly string[]): Findings<void> {
  for (const [schema, { name }] of named.schemas) {
    if (!broken.includes(name)) continue;
    yield diagnostic("circular-schema", {
      message: `The schema ${quoted(schema)} leads back to itself without describing a value; that way is left out of its type.`,
      hint: "Put an object or an array between the schema and its own reference.",
      place: { pointer: named.api.schemas.get(schema)?.pointer ?? "" },
    });
  }
}

function typesByName(types: readonly NamedType[]): TypesByName {
  return new Map(types.map(({ name, type }) => [name, type]));
}

function classModel(
  namedClass: NamedClass,
  table: TypeTable,
  schemas: TypesByName,
  int64: Int64Finder,
): ClassModel {
  const { className, propertyName, fileStem, tag, operations, earlier } = namedClass;
  const modelled = (operation: NamedOperation): OperationModel =>
    operationModel(
      operation,
      table.operations.get(operationIdentity(operation.operation)) ?? NO_TYPES,
      schemas,
      int64,
    );
  return {
    className,
    propertyName,
    fileStem,
    docs: operations.length === 0 ? earlierClassDocs(earlier) : classDocs(tag, table.named.api),
    operations: [
      ...operations.map(modelled),
      ...earlier.map((operation) => earlierOperation(operation, modelled)),
    ],
  };
}

const NO_TYPES: OperationTypes = { parameters: [], requestBodies: [], responses: [] };

/** What the document says of a tag, and what that is nested under. */
function classDocs(tag: string | undefined, api: ResolvedApi): Docs {
  const { summary, description, ancestors = [] } = api.tags.get(tag ?? "") ?? {};
  const own = [
    ...textPart(summary === undefined ? undefined : sentence(summary)),
    ...textPart(description),
  ];
  const named = tag === undefined ? "no tag" : `the tag “${tag}”`;
  return [
    ...(own.length === 0 ? textPart(`Operations of ${named}.`) : own),
    ...(ancestors.length === 0
      ? []
      : textPart(`Part of ${ancestors.map((name) => `“${name}”`).join(" in ")}.`)),
  ];
}

function placesOfClass({ operations }: ClassModel): readonly Int64Places[] {
  return operations.flatMap(({ call }) => int64Uses(call)).flatMap(({ places }) => places);
}
