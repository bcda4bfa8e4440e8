import { childrenOf, SECTIONS, type NodeKind } from "../document/grammar.js";
import {
  arrayMember,
  groupBy,
  isObject,
  member,
  objectMember,
  setMember,
  stringMember,
} from "../document/json.js";
import { pointerTo, pointerTokens, resolvePointer } from "../document/pointer.js";
import type { JsonObject } from "../document/source.js";
import { componentSchemaName, referenceTarget } from "../resolve/references.js";

interface Target {
  readonly pointer: string;
  readonly kind: NodeKind;
}

interface Node {
  readonly value: JsonObject;
  readonly kind: NodeKind;
}

/** Sections of `components` of which a client has something only where an operation uses it. */
const PRUNED: ReadonlySet<string> = new Set(
  Object.values(SECTIONS).filter((section) => section !== "securitySchemes"),
);

/**
 * Leaves out the components that no operation uses, directly or through others. A discriminator uses every schema that
 * its `mapping` names and, as a family does (OpenAPI 3.1, 4.8.25), every one that builds on its own schema. Webhooks,
 * callbacks and links are no part of a client, and so use nothing.
 */
export function prune(document: JsonObject): {
  readonly document: JsonObject;
  /** The names of the schemas that are left out. */
  readonly schemas: readonly string[];
} {
  const components = objectMember(document, "components");
  if (components === undefined) return { document, schemas: [] };
  const used = usedComponents(document);
  const kept: JsonObject = {};
  for (const [section, entries] of Object.entries(components)) {
    const left =
      PRUNED.has(section) && isObject(entries)
        ? filtered(entries, (name) => used.has(pointerTo("components", section, name)))
        : (entries ?? null);
    setMember(kept, section, left);
  }
  const schemas = objectMember(components, "schemas") ?? {};
  return {
    document: { ...document, components: kept },
    schemas: Object.keys(schemas).filter(
      (name) => !used.has(pointerTo("components", "schemas", name)),
    ),
  };
}

function filtered(object: JsonObject, keep: (key: string) => boolean): JsonObject {
  const left: JsonObject = {};
  for (const key of Object.keys(object)) if (keep(key)) setMember(left, key, object[key] ?? null);
  return left;
}

/** Pointers of all components that can be reached from the paths. */
function usedComponents(document: JsonObject): ReadonlySet<string> {
  const families = familiesOf(document);
  const used = new Set<string>();
  const visited = new Map<NodeKind, Set<JsonObject>>();
  const waiting: Node[] = childrenOf(document, "document").filter(({ kind }) => kind === "paths");
  const visitTarget = ({ pointer, kind }: Target): void => {
    const value = resolvePointer(document, pointer);
    if (isObject(value)) waiting.push({ value, kind });
  };
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isVisited(node, visited)) continue;
    for (const target of targetsOf(node)) {
      visitTarget(target);
      const component = componentOf(target.pointer);
      if (component === undefined || used.has(component)) continue;
      for (const pointer of [component, ...(families.get(component) ?? [])]) {
        used.add(pointer);
        if (target.kind === "schema") visitTarget({ pointer, kind: "schema" });
      }
    }
    for (const child of childrenOf(node.value, node.kind))
      if (child.kind !== "callback" && child.kind !== "link") waiting.push(child);
  }
  return used;
}

/** The component in which a place is; it is part of a client as a whole. */
function componentOf(pointer: string): string | undefined {
  const [components, section, name] = pointerTokens(pointer);
  return components === "components" && section !== undefined && name !== undefined
    ? pointerTo(components, section, name)
    : undefined;
}

function isVisited({ value, kind }: Node, visited: Map<NodeKind, Set<JsonObject>>): boolean {
  const objects = visited.get(kind) ?? new Set();
  if (objects.has(value)) return true;
  visited.set(kind, objects.add(value));
  return false;
}

/** Where an object refers to. */
function targetsOf({ value, kind }: Node): readonly Target[] {
  if (kind === "discriminator") {
    return Object.values(objectMember(value, "mapping") ?? {}).flatMap((name) =>
      typeof name === "string" ? [{ pointer: mappingTarget(name), kind: "schema" as const }] : [],
    );
  }
  const reference = stringMember(value, "$ref");
  return reference === undefined ? [] : [{ pointer: referenceTarget(reference), kind }];
}

/** A mapping names a schema, or refers to it as `$ref` does. */
function mappingTarget(name: string): string {
  return name.startsWith("#") ? referenceTarget(name) : pointerTo("components", "schemas", name);
}

/** Pointers of the schemas that build on each one with a discriminator, directly or not, by its own pointer. */
function familiesOf(document: JsonObject): ReadonlyMap<string, readonly string[]> {
  const schemas = objectMember(objectMember(document, "components"), "schemas") ?? {};
  const links = Object.entries(schemas).flatMap(([name, schema]) =>
    arrayMember(schema, "allOf").flatMap((part) => {
      const parent = componentSchemaName(referenceTarget(stringMember(part, "$ref") ?? ""));
      return parent === undefined ? [] : [{ parent, name }];
    }),
  );
  const byParent = groupBy(links, ({ parent }) => parent);
  const heads = Object.keys(schemas).filter(
    (name) => objectMember(member(schemas, name), "discriminator") !== undefined,
  );
  return new Map(
    heads.map((head) => {
      const family = new Set([head]);
      // A set grows while it is walked, and the walk goes on.
      for (const parent of family)
        for (const { name } of byParent.get(parent) ?? []) family.add(name);
      return [schemaPointer(head), [...family].map(schemaPointer)];
    }),
  );
}

function schemaPointer(name: string): string {
  return pointerTo("components", "schemas", name);
}
