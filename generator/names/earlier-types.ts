import { diagnostic } from "../diagnostics/codes.js";
import type { Diagnostic, Findings } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { compareText, groupBy } from "../document/json.js";
import type { ResolvedApi } from "../resolve/resolved-api.js";
import type { EarlierNames, KnownNames } from "./earlier-names.js";
import type { EarlierType } from "./named-api.js";
import { SCHEMA_TYPES, schemaPointers } from "./pinned-names.js";
import type { PinnedAlias, Pins, SchemaTypeKind } from "./pins.js";
import { RESERVED_TYPES } from "./reserved.js";
import { contentHashes } from "./schema-contents.js";
import { schemaIdentity } from "./schemas.js";
import type { ServiceNames } from "./service-names.js";
import { stemOf } from "./stems.js";

/** A type of a schema under an earlier name. */
interface Earlier {
  readonly name: string;
  readonly kind: SchemaTypeKind;
  /** `#` and the pointer of the schema, as it is now. */
  readonly pointer: string;
}

/** What aliases of operations took. */
interface Others {
  readonly stems: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
}

/** The earlier names of types of schemas. */
export function* earlierTypes(
  api: ResolvedApi,
  names: ServiceNames,
  { pins }: KnownNames,
  others: Others,
): Findings<Pick<EarlierNames, "types" | "aliases">> {
  const keys = new Map([...schemaPointers(api)].map(([key, pointer]) => [pointer, key]));
  const moved = movedSchemas(api, pins, keys);
  const nowOf = ({ pointer, kind }: Earlier): string | undefined => {
    const key = keys.get(pointer) ?? "";
    return (
      names.schemas.get(schemaIdentity(kind, key)) ?? names.schemas.get(schemaIdentity("type", key))
    );
  };
  const taken = new Set([...RESERVED_TYPES, ...names.fixed, ...others.classes]);
  for (const { className } of names.classes) taken.add(className);
  for (const name of names.schemas.values()) taken.add(name);
  const isTaken = (name: string): boolean =>
    taken.has(name) || names.isOperationType(name) || others.stems.has(stemOf(name) ?? "");
  const types: EarlierType[] = [];
  const aliases = new Map<string, PinnedAlias>();
  for (const found of gathered(api, pins, keys, moved)) {
    const now = nowOf(found);
    if (now === undefined || now === found.name || aliases.has(found.name)) continue;
    if (isTaken(found.name)) {
      yield lostType(found);
      continue;
    }
    if (api.schemas.has(keys.get(found.pointer) ?? "")) types.push({ name: found.name, now });
    aliases.set(found.name, {
      target: found.pointer,
      since: api.version,
      typeStem: undefined,
      type: found.kind,
    });
  }
  return { types, aliases };
}

/** All names that types had, sorted: those that are aliases already, and those that were their names. */
function gathered(
  api: ResolvedApi,
  pins: Pins,
  keys: ReadonlyMap<string, string>,
  moved: ReadonlyMap<string, string>,
): readonly Earlier[] {
  const at = (pointer: string): string => moved.get(pointer) ?? pointer;
  const isWhole = api.leftOut.operations.length === 0 && api.leftOut.schemas.length === 0;
  const isThere = (kind: SchemaTypeKind, pointer: string): boolean =>
    kind === "type" || isWhole || hasType(api, kind, keys.get(pointer) ?? "");
  const aliases = [...pins.aliases].flatMap(([name, { target, since, type }]) =>
    since === api.version && type !== undefined ? [{ name, kind: type, pointer: at(target) }] : [],
  );
  const before = SCHEMA_TYPES.flatMap(([kind, list]) =>
    [...pins[list]].map(([pointer, name]) => ({ name, kind, pointer: at(pointer) })),
  ).filter(({ kind, pointer }) => isThere(kind, pointer));
  return [...aliases, ...before]
    .filter(({ pointer }) => keys.has(pointer))
    .sort((left, right) => compareText(left.name, right.name));
}

/** Without some operations a schema may have fewer types; what the user left out is nothing that has another name. */
function hasType(api: ResolvedApi, kind: "input" | "form", key: string): boolean {
  return (kind === "input" ? api.directedSchemas : api.formSchemas).has(key);
}

/**
 * Components that say the same under another name than before: where they stand now, by where they stood. Only where
 * there is one that says so on both sides can nobody doubt it.
 */
function movedSchemas(
  api: ResolvedApi,
  pins: Pins,
  keys: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const gone = [...pins.contents].filter(([pointer]) => !keys.has(pointer));
  if (gone.length === 0) return new Map();
  const added = [...contentHashes(api)].filter(([pointer]) => !pins.types.has(pointer));
  const byContent = groupBy(added, ([, content]) => content);
  return new Map(
    [...groupBy(gone, ([, content]) => content)].flatMap(([content, [before, ...more]]) => {
      const [now, ...others] = byContent.get(content) ?? [];
      const isOnly = more.length === 0 && others.length === 0;
      return isOnly && before !== undefined && now !== undefined ? [[before[0], now[0]]] : [];
    }),
  );
}

function lostType({ name, pointer }: Earlier): Diagnostic {
  return diagnostic("lost-name", {
    message: `The type of this schema was called ${quoted(name)}. That is something else now, so that no alias is left.`,
    hint: "Look for its uses before you take the new client over.",
    place: { pointer: pointer.slice(1) },
  });
}
