import type { JsonObject } from "../../generator/document/source.js";

/** How a synthetic document is made, for each of its states. */
export type MakeDocument = (isNew: boolean) => JsonObject;

const TEXT =
  "Tells what the field holds, where it comes from, and what callers should know of it before they use it. ";
/** How many schemas one tree has. */
const TREE = 8;

/** A large document as people have them: small trees of schemas, long texts, and one change in every 100 schemas. */
export function treesOfSchemas(schemas: number): MakeDocument {
  return (isNew) => {
    const model = (index: number): JsonObject => {
      const place = index % TREE;
      const children = [2 * place + 1, 2 * place + 2].filter((child) => child < TREE);
      const isChanged = isNew && index % 100 === 7;
      const fields = numbers(14).map((field): [string, JsonObject] => [
        `field${field}`,
        {
          type: ["string", "integer", "boolean", "number"][field % 4] ?? "string",
          description: `${TEXT}${index}.${field}`,
          ...(field % 4 === 0 ? { maxLength: isChanged ? 50 : 100 } : {}),
        },
      ]);
      const links = children.map((child): [string, JsonObject] => [
        `child${child}`,
        reference((index - place + child) % schemas),
      ]);
      return objectOf(Object.fromEntries([...fields, ...links]));
    };
    return documentOf(
      numbers(schemas).map(model),
      numbers(schemas / 2).map((index) => index * 2),
    );
  };
}

/** The worst of large documents: each schema leads to every other one, and one in 50 changed. */
export function ringsOfSchemas(schemas: number): MakeDocument {
  return (isNew) => {
    const model = (index: number): JsonObject => {
      const isChanged = isNew && index % 50 === 0;
      const fields = numbers(24).map((field): [string, JsonObject] => [
        `field${field}`,
        field % 6 === 0
          ? reference((index * 7 + field) % schemas)
          : { type: "string", description: TEXT, maxLength: isChanged ? 50 : 100 },
      ]);
      return objectOf(Object.fromEntries(fields));
    };
    return documentOf(numbers(schemas).map(model), numbers(schemas));
  };
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: Math.floor(count) }, (_, index) => index);
}

function reference(index: number): JsonObject {
  return { $ref: `#/components/schemas/Model${index}` };
}

function objectOf(properties: JsonObject): JsonObject {
  return { type: "object", required: ["field1", "field2"], properties };
}

/** A document with an operation that reads, and one that writes, each of some of its schemas. */
function documentOf(schemas: readonly JsonObject[], used: readonly number[]): JsonObject {
  const named = schemas.map((schema, index) => [`Model${index}`, schema] as const);
  return {
    openapi: "3.0.3",
    info: { title: "Large", version: "1" },
    paths: Object.fromEntries(used.map((index) => [`/things${index}/{id}`, pathItem(index)])),
    components: { schemas: Object.fromEntries(named) },
  };
}

function pathItem(index: number): JsonObject {
  const content = { "application/json": { schema: reference(index) } };
  const common = { tags: [`Group${index % 60}`], description: TEXT };
  const responses = { "200": { description: "Done.", content } };
  return {
    parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
    get: { ...common, operationId: `getThing${index}`, responses },
    put: { ...common, operationId: `putThing${index}`, requestBody: { content }, responses },
  };
}
