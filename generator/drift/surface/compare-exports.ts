import type { Declaration } from "../../model/api-model.js";
import type { Suspect } from "./inquiry.js";
import type { Surfaces } from "./compare-service.js";
import { suspect, type MethodPair } from "./method-pair.js";
import { exportedTypes } from "./method-surface.js";

/** Names that each client exports. */
export interface ExportedNames {
  readonly old: ReadonlySet<string>;
  readonly new: ReadonlySet<string>;
}

/**
 * The names that code can no longer import, but for those that other changes explain.
 *
 * @param explained names that are gone because their method or class is
 */
export function compareExports(
  exported: ExportedNames,
  surfaces: Surfaces,
  methods: readonly MethodPair[],
  explained: ReadonlySet<string>,
): readonly Suspect[] {
  const gone = [...exported.old].filter((name) => !exported.new.has(name) && !explained.has(name));
  const { schema, operation, request, runtime } = byOrigin(gone, exported, surfaces, methods);
  const renamed = renamedTypes(surfaces, new Set(schema), exported.old);
  return [
    ...schema.map((name) => goneName(surfaces, name, renamed.get(name))),
    ...operation.flatMap((name) => goneTypeOf(methods, name)),
    ...together(request, schemaPointer(surfaces.old, request[0] ?? "") ?? "", TYPES_OF_REQUESTS),
    ...together(runtime, "", PARTS_OF_RUNTIME),
  ];
}

interface NamesByOrigin {
  /** Types of schemas. */
  readonly schema: readonly string[];
  /** Types of operations, such as `GetVideoParams`. */
  readonly operation: readonly string[];
  /** Types of schemas in requests or multipart bodies, where the type without ending is still exported. */
  readonly request: readonly string[];
  /** Everything else: what the runtime has for those who need it. */
  readonly runtime: readonly string[];
}

function byOrigin(
  names: readonly string[],
  exported: ExportedNames,
  { old }: Surfaces,
  methods: readonly MethodPair[],
): NamesByOrigin {
  const types = new Set(old.model.schemas.map(({ name }) => name));
  const own = new Set(methods.flatMap((method) => exportedTypes(method.old)));
  const isRequest = (name: string): boolean => exported.new.has(baseOf(old, name) ?? "");
  return {
    schema: names.filter((name) => types.has(name) && !isRequest(name)),
    operation: names.filter((name) => own.has(name)),
    request: names.filter((name) => types.has(name) && isRequest(name)),
    runtime: names.filter((name) => !types.has(name) && !own.has(name)),
  };
}

const NOWHERE = {
  direction: undefined,
  pair: undefined,
  position: { kind: "operation" },
  path: [],
} as const;

function goneName(surfaces: Surfaces, name: string, other: string | undefined): Suspect {
  const old = { pointer: schemaPointer(surfaces.old, name) ?? "" };
  if (other === undefined) {
    const message = `\`${name}\` is no longer exported.`;
    return { ...NOWHERE, rule: "export-removed", message, cause: name, old, new: undefined };
  }
  return {
    ...NOWHERE,
    rule: "export-renamed",
    message: `The type \`${name}\` is now exported as \`${other}\`.`,
    cause: name,
    old,
    new: { pointer: schemaPointer(surfaces.new, other) ?? "" },
  };
}

/** A type of an operation, at that operation. */
function goneTypeOf(methods: readonly MethodPair[], name: string): readonly Suspect[] {
  const method = methods.find(({ old }) => exportedTypes(old).includes(name));
  if (method === undefined) return [];
  return [
    suspect(
      method,
      undefined,
      { kind: "operation" },
      {
        rule: "export-removed",
        message: `\`${name}\` is no longer exported.`,
        cause: name,
        old: { pointer: method.old.named.operation.pointer },
        new: { pointer: method.new.named.operation.pointer },
      },
    ),
  ];
}

/** The most names that a message tells. */
const MOST_NAMES = 6;

const TYPES_OF_REQUESTS =
  "Types of requests are no longer exported apart from those of answers, whose names hold for both";
const PARTS_OF_RUNTIME = "What no operation needs any more is no longer exported";

/** Names that are gone for one reason: one change for all. */
function together(names: readonly string[], pointer: string, reason: string): readonly Suspect[] {
  if (names.length === 0) return [];
  const more = names.length - MOST_NAMES;
  const told = names.slice(0, MOST_NAMES).map((name) => `\`${name}\``);
  const list = [...told, ...(more > 0 ? [`${more} more`] : [])].join(", ");
  const message = `${reason}: ${list}.`;
  return [
    {
      ...NOWHERE,
      rule: "export-removed",
      message,
      cause: reason,
      old: { pointer },
      new: undefined,
    },
  ];
}

/** The name of the type that has no ending, where a type has one. */
function baseOf({ named }: Surfaces["old"], type: string): string | undefined {
  for (const { name, inputName, formName } of named.schemas.values())
    if (type === inputName || type === formName) return name;
  return undefined;
}

/** Where the schema stands that a type was made of. */
function schemaPointer({ named }: Surfaces["old"], type: string): string | undefined {
  for (const [schema, { name, inputName, formName }] of named.schemas)
    if ([name, inputName, formName].includes(type)) return named.api.schemas.get(schema)?.pointer;
  return undefined;
}

/** Types that are gone and read like one that is new, by name, where there is only one such pair. */
function renamedTypes(
  { old, new: changed }: Surfaces,
  gone: ReadonlySet<string>,
  known: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const before = byShape(old.model.schemas.filter(({ name }) => gone.has(name)));
  const after = byShape(changed.model.schemas.filter(({ name }) => !known.has(name)));
  return new Map(
    [...before].flatMap(([shape, [name, ...others]]) => {
      const [other, ...more] = after.get(shape) ?? [];
      const isPair = name !== undefined && other !== undefined && others.length + more.length === 0;
      return isPair ? [[name, other] as const] : [];
    }),
  );
}

/** The names of types that read the same, but for what they call themselves. */
function byShape(declarations: readonly Declaration[]): ReadonlyMap<string, readonly string[]> {
  const shapes = new Map<string, string[]>();
  for (const { name, shape } of declarations) {
    const text = JSON.stringify(shape, (member, value: unknown) => {
      if (member === "docs") return undefined;
      return member === "name" && value === name ? "" : value;
    });
    shapes.set(text, [...(shapes.get(text) ?? []), name]);
  }
  return shapes;
}
