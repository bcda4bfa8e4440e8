import { arrayMember, isObject, member, stringMember } from "../../document/json.js";
import { resolvePointer } from "../../document/pointer.js";
import type { JsonObject, JsonValue } from "../../document/source.js";
import { isBinary, isSchema } from "../../resolve/media-types.js";
import { joinedSchemas } from "../../resolve/properties.js";
import { referenceTarget } from "../../resolve/references.js";
import type { PlacedSchema, Schema } from "../../resolve/resolved-api.js";
import { impliedType, SCHEMA_KEYWORDS } from "../../resolve/schema-keywords.js";
import { discriminatorValue } from "../../types/discriminators.js";
import {
  allowsNull,
  isOnlyNull,
  meansNull,
  writtenTypes,
  writtenValues,
} from "../../types/null.js";
import type { Answer } from "./answer.js";
import { headsOf, type Heads } from "./heads.js";
import { keepsLimits } from "./limits.js";
import { objectParts, type ObjectParts } from "./object-parts.js";
import type { SchemaDocument } from "./schema-change.js";
import { createWholeContent, type WholeContent } from "./schema-content.js";
import type { Annotations, Atom, Demand, Exclusive, Meaning, Shape, Told } from "./shape.js";
import { ALL_TYPES, typeOfValue, typesNamed, type ValueType } from "./value-types.js";

/** The most alternatives of one schema that are compared, and unions of them; real documents stay far below. */
const MOST_ALTERNATIVES = 200;

/** The most schemas that one alternative is put together from, and steps of putting them together. */
const MOST_STEPS = 20_000;

/** Brings the schemas of one document into normal form, each once. */
export interface SchemaReader {
  /** `undefined` is no schema. */
  readonly demandOf: (...schemas: readonly (PlacedSchema | undefined)[]) => Demand;
  readonly meaningOf: (demand: Demand) => Meaning;
  /** The properties of objects of a shape. */
  readonly partsOf: (shape: Shape) => ObjectParts;
  /** The members of the families whose heads a demand means: none where it means one of the members itself. */
  readonly membersOf: (demand: Demand) => readonly PlacedSchema[];
  /** The nearest place that a document has: what a discriminator or a flag stands for has no place of its own. */
  readonly placeOf: (pointer: string) => string;
  readonly wholeContentOf: WholeContent;
  /** What `samples.ts` has made up, by what it is for. */
  readonly samples: Map<string, readonly JsonValue[]>;
  /** What `accepts.ts` has found out about values, and what it is about to. */
  readonly answers: { readonly known: Map<string, Answer>; readonly open: Set<string> };
}

export function createSchemaReader(document: SchemaDocument): SchemaReader {
  const ids = new Map<Schema, string>();
  const idOf = (schema: Schema): string => {
    const id = ids.get(schema) ?? String(ids.size);
    ids.set(schema, id);
    return id;
  };
  const unions = createUnionReader(document);
  const heads = headsOf(document);
  const meanings = new Map<string, Meaning>();
  const parts = new Map<string, ObjectParts>();
  const demandOf: SchemaReader["demandOf"] = (...schemas) =>
    demandFor(
      idOf,
      schemas.map((placed) => referred(document, placed)),
    );
  return {
    demandOf,
    samples: new Map(),
    answers: { known: new Map(), open: new Set() },
    membersOf: (demand) => membersOf(document, heads, demand),
    placeOf: (pointer) => placeIn(document, pointer),
    wholeContentOf: createWholeContent(document.document),
    partsOf: (shape) => {
      const known = parts.get(shape.key) ?? objectParts(shape);
      parts.set(shape.key, known);
      return known;
    },
    meaningOf: (demand) => {
      const known = meanings.get(demand.key);
      if (known !== undefined) return known;
      const meaning = readMeaning({ document, idOf, demandOf, unions }, demand);
      meanings.set(demand.key, meaning);
      return meaning;
    },
  };
}

function membersOf(
  document: SchemaDocument,
  heads: Heads,
  { schemas }: Demand,
): readonly PlacedSchema[] {
  if (heads.size === 0) return [];
  const joined = schemas.flatMap((placed) => [...joinedSchemas(document.document, placed)]);
  const known = new Set(joined.map(({ schema }) => schema));
  return joined.flatMap(({ schema }) => {
    const members = (heads.get(schema) ?? []).flatMap((pointer) => {
      const member = resolvePointer(document.document, pointer);
      return isSchema(member) ? [{ schema: member, pointer }] : [];
    });
    const isItself = members.some((one) => one.schema !== schema && known.has(one.schema));
    return isItself ? [] : members.filter((one) => one.schema !== schema);
  });
}

function placeIn({ document }: SchemaDocument, pointer: string): string {
  let place = pointer;
  while (place !== "" && resolvePointer(document, place) === undefined)
    place = place.slice(0, place.lastIndexOf("/"));
  return place;
}

/** What a reference leads to that says nothing else: so the same schema is known as such wherever it is used. */
function referred(
  document: SchemaDocument,
  placed: PlacedSchema | undefined,
): PlacedSchema | undefined {
  const seen = new Set<Schema>();
  let current = placed;
  while (current !== undefined && isBareReference(current.schema) && !seen.has(current.schema)) {
    seen.add(current.schema);
    const target = targetOf(document, current.schema);
    if (target === undefined) break;
    current = target;
  }
  return current;
}

function isBareReference(schema: Schema): schema is JsonObject {
  return typeof schema === "object" && Object.keys(schema).every((key) => BARE.has(key));
}

/** What may stand beside a reference without meaning anything for values. */
const BARE: ReadonlySet<string> = new Set(["$ref", "summary", "title", "description"]);

function demandFor(
  idOf: (schema: Schema) => string,
  schemas: readonly (PlacedSchema | undefined)[],
): Demand {
  const byId = new Map<string, PlacedSchema>();
  for (const placed of schemas) {
    if (placed === undefined || placed.schema === true) continue;
    const id = idOf(placed.schema);
    if (!byId.has(id)) byId.set(id, placed);
  }
  return { key: [...byId.keys()].sort().join("+"), schemas: [...byId.values()] };
}

/** What reading needs beside the schema itself. */
interface Reading {
  readonly document: SchemaDocument;
  readonly idOf: (schema: Schema) => string;
  readonly demandOf: SchemaReader["demandOf"];
  readonly unions: UnionReader;
}

function readMeaning(reading: Reading, demand: Demand): Meaning {
  const { drafts, exclusive, isCut } = expand(reading, demand);
  const shapes = new Map<string, Shape>();
  for (const draft of drafts) {
    const shape = shapeOf(reading, draft, demand);
    if (shape.types.size > 0 && !shapes.has(shape.key)) shapes.set(shape.key, shape);
  }
  return {
    demand,
    annotations: annotationsOf(reading, demand),
    shapes: [...shapes.values()],
    exclusive,
    isCut,
    pointer: demand.schemas[0]?.pointer,
  };
}

/* ---------------------------------------------------------------- alternatives */

/** A schema on the way to an alternative, and those in which it stands, or which lead to it. */
interface Pending extends PlacedSchema {
  readonly within: Ancestor | undefined;
  /** Whether null, which it allows, has an alternative of its own already. */
  readonly isNullTold?: boolean;
}

interface Ancestor {
  readonly id: string;
  /** How many unions lay on the way to it. */
  readonly choices: number;
  readonly above: Ancestor | undefined;
}

/** An alternative that is being put together. */
interface Draft {
  readonly atoms: readonly Atom[];
  readonly types: ReadonlySet<ValueType>;
  readonly pending: readonly Pending[];
  readonly choices: readonly string[];
  readonly seen: ReadonlySet<string>;
}

interface Expansion {
  readonly drafts: readonly Draft[];
  readonly exclusive: readonly Exclusive[];
  readonly isCut: boolean;
}

/** Multiplies out references, `allOf` and unions, as far as there is a bound to it. */
function expand(reading: Reading, demand: Demand): Expansion {
  const done: Draft[] = [];
  const exclusive = new Map<string, Exclusive>();
  const start: Draft = {
    atoms: [],
    types: ALL_TYPES,
    pending: demand.schemas.map((placed) => ({ ...placed, within: undefined })),
    choices: [],
    seen: new Set(),
  };
  const waiting = [start];
  for (let steps = 0; ; steps += 1) {
    const most = Math.max(done.length + waiting.length, exclusive.size);
    if (steps > MOST_STEPS || most > MOST_ALTERNATIVES)
      return { drafts: done, exclusive: [...exclusive.values()], isCut: true };
    const draft = waiting.pop();
    if (draft === undefined) break;
    const [next, ...pending] = draft.pending;
    if (next === undefined) done.push(draft);
    else waiting.push(...[...step(reading, { ...draft, pending }, next, exclusive)].reverse());
  }
  return { drafts: done, exclusive: [...exclusive.values()], isCut: false };
}

/** What a draft becomes when one of its schemas is taken in: nothing, where no value is left. */
function step(
  reading: Reading,
  draft: Draft,
  placed: Pending,
  exclusive: Map<string, Exclusive>,
): readonly Draft[] {
  const { schema, pointer } = placed;
  if (schema === true) return [draft];
  if (schema === false) return [];
  const id = `${reading.idOf(schema)}${placed.isNullTold === true ? "'" : ""}`;
  const above = ancestorWith(placed.within, id);
  // What consists of itself by way of a union has the values of the other alternatives only.
  if (above !== undefined) return above.choices === draft.choices.length ? [draft] : [];
  if (draft.seen.has(id)) return [draft];
  const seen = new Set(draft.seen).add(id);
  const inner = { id, choices: draft.choices.length, above: placed.within };
  const next = { ...draft, seen };
  if (isOnlyNull(schema)) return withAtom(next, { schema: { type: "null" }, pointer });
  if (isComposed(schema) && placed.isNullTold !== true && allowsNull(schema)) {
    return [
      ...withAtom(next, { schema: { type: "null" }, pointer }),
      { ...next, pending: [{ ...placed, isNullTold: true }, ...next.pending] },
    ];
  }
  return composed(reading, next, { schema, pointer }, inner, exclusive);
}

function composed(
  reading: Reading,
  draft: Draft,
  { schema, pointer }: Atom,
  within: Ancestor,
  exclusive: Map<string, Exclusive>,
): readonly Draft[] {
  const target = targetOf(reading.document, schema);
  // OpenAPI 3.0 ignores what stands beside a reference (3.0.4, 4.7.23).
  const isAlone = target !== undefined && reading.document.dialect === "3.0";
  const parts = isAlone ? [] : partsOf(schema, pointer);
  const pending = [...(target === undefined ? [] : [target]), ...parts].map((placed) => ({
    ...placed,
    within,
  }));
  const whole = { ...draft, pending: [...pending, ...draft.pending] };
  if (isAlone) return [whole];
  let drafts = saysSomething(schema) ? withAtom(whole, { schema, pointer }) : [whole];
  for (const union of reading.unions(schema, pointer)) {
    if (union.isExclusive) {
      exclusive.set(union.pointer, {
        pointer: union.pointer,
        isWhole: within.choices === 0,
        alternatives: union.branches.map(({ schemas }) => reading.demandOf(...schemas)),
      });
    }
    // More are not compared, so that multiplying them would be in vain.
    if (drafts.length > MOST_ALTERNATIVES) break;
    drafts = drafts.flatMap((each) =>
      union.branches.slice(0, MOST_ALTERNATIVES + 1).map((branch) => ({
        ...each,
        choices: [...each.choices, branch.name],
        pending: [...branch.schemas.map((one) => ({ ...one, within })), ...each.pending],
      })),
    );
  }
  return drafts;
}

/** Keywords that say nothing by themselves about which values there are, or whose parts are read on their own. */
const SILENT: ReadonlySet<string> = new Set(
  "$ref $defs definitions $schema $id $anchor $comment allOf anyOf oneOf title description default deprecated readOnly writeOnly examples example externalDocs xml nullable discriminator".split(
    " ",
  ),
);

function saysSomething(schema: JsonObject): boolean {
  return Object.keys(schema).some((key) => !SILENT.has(key) && Object.hasOwn(SCHEMA_KEYWORDS, key));
}

function ancestorWith(from: Ancestor | undefined, id: string): Ancestor | undefined {
  let ancestor = from;
  while (ancestor !== undefined && ancestor.id !== id) ancestor = ancestor.above;
  return ancestor;
}

function isComposed(schema: JsonObject): boolean {
  return ["$ref", "allOf", "anyOf", "oneOf", "not", "if"].some(
    (keyword) => member(schema, keyword) !== undefined,
  );
}

function targetOf({ document }: SchemaDocument, schema: JsonObject): PlacedSchema | undefined {
  const reference = stringMember(schema, "$ref");
  if (reference === undefined) return undefined;
  const pointer = referenceTarget(reference);
  const target = resolvePointer(document, pointer);
  return isSchema(target) ? { schema: target, pointer } : undefined;
}

function partsOf(schema: JsonObject, pointer: string): readonly PlacedSchema[] {
  return arrayMember(schema, "allOf").flatMap((part, index) =>
    isSchema(part) && !meansNull(part)
      ? [{ schema: part, pointer: `${pointer}/allOf/${index}` }]
      : [],
  );
}

/** A draft with one more schema, unless that leaves no type of value. */
function withAtom(draft: Draft, atom: Atom): readonly Draft[] {
  const allowed = typesOf(atom.schema);
  const types = new Set([...draft.types].filter((type) => allowed.has(type)));
  return types.size === 0 ? [] : [{ ...draft, types, atoms: [...draft.atoms, atom] }];
}

/* ---------------------------------------------------------------------- unions */

/** A `oneOf` or `anyOf`. */
interface Union {
  readonly pointer: string;
  readonly isExclusive: boolean;
  readonly branches: readonly {
    /** By which it is found in another document: the pointer that a reference leads to, or its position. */
    readonly name: string;
    readonly schemas: readonly PlacedSchema[];
  }[];
}

type UnionReader = (schema: JsonObject, pointer: string) => readonly Union[];

/** Reads unions, each schema's once: what a discriminator adds to their branches is made only once then. */
function createUnionReader(document: SchemaDocument): UnionReader {
  const known = new Map<JsonObject, readonly Union[]>();
  return (schema, pointer) => {
    const found = known.get(schema) ?? unionsOf(document, schema, pointer);
    known.set(schema, found);
    return found;
  };
}

function unionsOf(document: SchemaDocument, schema: JsonObject, pointer: string): readonly Union[] {
  return (["oneOf", "anyOf"] as const).flatMap((keyword) => {
    const members = arrayMember(schema, keyword);
    if (members.length === 0) return [];
    const branches = members.map((value, index) =>
      branchOf(document, schema, value, pointer, `${keyword}/${index}`),
    );
    const isExclusive = keyword === "oneOf" && members.length > 1;
    return [{ pointer: `${pointer}/${keyword}`, isExclusive, branches }];
  });
}

function branchOf(
  document: SchemaDocument,
  union: JsonObject,
  value: JsonValue,
  unionPointer: string,
  position: string,
): Union["branches"][number] {
  const pointer = `${unionPointer}/${position}`;
  if (meansNull(value)) return { name: "null", schemas: [{ schema: { type: "null" }, pointer }] };
  if (!isSchema(value)) return { name: position, schemas: [] };
  const reference = stringMember(value, "$ref");
  const name = reference === undefined ? position : referenceTarget(reference);
  const told = discriminatorValue(document, union, value);
  if (told === undefined) return { name, schemas: [{ schema: value, pointer }] };
  const narrowed = {
    type: "object",
    properties: { [told.property]: { enum: [...told.values] } },
    required: [told.property],
  };
  return {
    name,
    schemas: [
      { schema: value, pointer },
      { schema: narrowed, pointer: `${unionPointer}/discriminator` },
    ],
  };
}

/* ---------------------------------------------------------------------- shapes */

/** The types that a schema allows by itself. One that names none means those that its keywords are about. */
function typesOf(schema: JsonObject): ReadonlySet<ValueType> {
  const written = typesNamed(writtenTypes(schema));
  const implied = impliedType(schema) ?? (isBinary(schema) ? "string" : undefined);
  const listed = listedValues(schema);
  const types =
    written.length > 0
      ? written
      : listed !== undefined
        ? listed.map(typeOfValue)
        : implied === undefined
          ? [...ALL_TYPES]
          : typesNamed([implied]);
  return new Set(allowsNull(schema) ? [...types, "null"] : types);
}

/** The values of `enum` or `const`; a null that is allowed beside them is one of them. */
function listedValues(schema: JsonObject): readonly JsonValue[] | undefined {
  const values = writtenValues(schema);
  if (values === undefined) return undefined;
  return allowsNull(schema) && !values.includes(null) ? [...values, null] : values;
}

function shapeOf({ idOf }: Reading, draft: Draft, demand: Demand): Shape {
  const { atoms, types, choices } = draft;
  const shape: Shape = {
    key: atoms
      .map(({ schema }) => idOf(schema))
      .sort()
      .join("."),
    atoms,
    types,
    values: undefined,
    choices,
    pointer: demand.schemas[0]?.pointer ?? "",
  };
  const values = valuesOf(atoms)?.filter(
    ({ value }) => types.has(typeOfValue(value)) && isWithinLimits(shape, value),
  );
  if (values === undefined) return shape;
  return { ...shape, types: new Set(values.map(({ value }) => typeOfValue(value))), values };
}

/** A value that is listed and beyond a bound is none: where no other is left, nothing satisfies the schemas. */
function isWithinLimits(shape: Shape, value: JsonValue): boolean {
  if (typeof value === "number") return keepsLimits(shape, "number", value);
  if (typeof value === "string") return keepsLimits(shape, "string", Array.from(value).length);
  return !Array.isArray(value) || keepsLimits(shape, "array", value.length);
}

/** The values that all lists of them have in common. */
function valuesOf(atoms: readonly Atom[]): readonly Told[] | undefined {
  let common: readonly Told[] | undefined;
  for (const { schema, pointer } of atoms) {
    const listed = listedValues(schema);
    if (listed === undefined) continue;
    const keyword = member(schema, "const") === undefined ? "enum" : "const";
    const told = listed.map((value) => ({ value, pointer: `${pointer}/${keyword}` }));
    const keys = new Set(listed.map(valueKey));
    common = (common ?? told).filter(({ value }) => keys.has(valueKey(value)));
  }
  return common;
}

/** A text that equal JSON values have in common, whatever the order of their keys. */
export function valueKey(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(valueKey).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${valueKey(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

/* ----------------------------------------------------------------- annotations */

function annotationsOf({ document }: Reading, demand: Demand): Annotations {
  const schemas = demand.schemas.flatMap((placed) => [...joinedSchemas(document.document, placed)]);
  const first = (
    keyword: string,
    fits: (value: JsonValue, schema: JsonObject) => boolean,
  ): Told | undefined => {
    for (const { schema, pointer } of schemas) {
      const value = member(schema, keyword);
      if (value !== undefined && isObject(schema) && fits(value, schema))
        return { value, pointer: `${pointer}/${keyword}` };
    }
    return undefined;
  };
  const isTrue = (value: JsonValue): boolean => value === true;
  const discriminator = first(
    "discriminator",
    (value, schema) =>
      isObject(value) && ["oneOf", "anyOf"].every((key) => member(schema, key) === undefined),
  );
  return {
    default: first("default", () => true),
    deprecated: first("deprecated", isTrue),
    readOnly: first("readOnly", isTrue),
    writeOnly: first("writeOnly", isTrue),
    discriminator: isObject(discriminator?.value)
      ? { value: discriminator.value, pointer: discriminator.pointer }
      : undefined,
  };
}
