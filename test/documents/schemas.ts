import type { Node, SpecFiles } from "../support/spec-files.js";

/** A schema with the name of its file and a readable trail to it. */
export interface FoundSchema {
  readonly area: string;
  readonly trail: string;
  readonly schema: Node;
  /** Of the schema, or else of the parameter or header that it belongs to. */
  readonly description: string;
}

const BY_NAME = ["properties", "patternProperties", "$defs"];
const LISTS = ["allOf", "anyOf", "oneOf", "prefixItems"];
const SINGLE = ["items", "additionalProperties", "propertyNames", "not", "contains"];

/** All schemas of a document, those within others too; references are not followed. */
export function schemasOf(spec: SpecFiles): readonly FoundSchema[] {
  return [...spec.files].flatMap(([address, file]) => {
    const area = address.replace(/^.*\/(.+)\.yaml$/, "$1");
    return findIn(file, area, "");
  });
}

function findIn(node: unknown, area: string, trail: string): readonly FoundSchema[] {
  if (Array.isArray(node))
    return node.flatMap((item, index) => findIn(item, area, `${trail}/${index}`));
  if (!isNode(node)) return [];
  return Object.entries(node).flatMap(([key, member]) => {
    const here = `${trail}/${key}`;
    if (key === "schema") return within(member, area, here, node["description"]);
    if (key === "schemas" && isNode(member))
      return Object.entries(member).flatMap(([name, schema]) =>
        within(schema, area, `${here}/${name}`),
      );
    if (key === "example" || key === "examples" || key.startsWith("x-")) return [];
    return findIn(member, area, here);
  });
}

function within(
  schema: unknown,
  area: string,
  trail: string,
  ofParent?: unknown,
): readonly FoundSchema[] {
  if (!isNode(schema)) return [];
  const own = schema["description"] ?? ofParent;
  const description = typeof own === "string" ? own : "";
  const inner = [
    ...BY_NAME.flatMap((key) => members(schema[key], `${trail}/${key}`)),
    ...LISTS.flatMap((key) => members(schema[key], `${trail}/${key}`)),
    ...SINGLE.map((key) => [schema[key], `${trail}/${key}`] as const),
  ];
  return [
    { area, trail, schema, description },
    ...inner.flatMap(([found, place]) => within(found, area, place)),
  ];
}

function members(value: unknown, trail: string): readonly (readonly [unknown, string])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(([key, member]) => [member, `${trail}/${key}`] as const);
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Types of a schema; `[]` where it states none. */
export function typesOf(schema: Node): readonly string[] {
  return [schema["type"] ?? []].flat() as string[];
}

/**
 * The schema at a JSON pointer of the values that a schema describes: `/data/0/id`, where `0` stands for any item.
 * References and `allOf` are looked through; a union answers where one of its members does.
 */
export function schemaAt(spec: SpecFiles, schema: unknown, pointer: string): Node | undefined {
  const tokens = pointer.split("/").slice(1);
  const start: Node | undefined = isNode(schema) ? schema : undefined;
  return tokens.reduce<Node | undefined>(
    (found, token) => (found === undefined ? undefined : member(spec, found, token)),
    start,
  );
}

function member(spec: SpecFiles, schema: Node, token: string): Node | undefined {
  const candidates = alternatives(spec, schema);
  for (const candidate of candidates) {
    const properties = candidate["properties"] as Readonly<Record<string, Node>> | undefined;
    const found = properties?.[token] ?? (/^\d+$/.test(token) ? candidate["items"] : undefined);
    if (isNode(found)) return found;
  }
  return undefined;
}

/** The schema without its reference, and every schema that it is put together of. */
export function alternatives(spec: SpecFiles, schema: Node): readonly Node[] {
  const found = spec.follow(schema) as Node;
  const own = found === schema ? [found] : [schema, found];
  const parts = LISTS.slice(0, 3).flatMap((key) => (found[key] ?? []) as readonly Node[]);
  return [...own, ...parts.flatMap((part) => alternatives(spec, part))];
}
