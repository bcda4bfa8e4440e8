import {
  arrayMember,
  compareText,
  isObject,
  member,
  stringMember,
  stringsMember,
} from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { isJson, schemaShape } from "./media-types.js";
import { propertiesOf } from "./properties.js";
import { follow, type Placed } from "./references.js";
import type { EventData, PlacedSchema } from "./resolved-api.js";

/** What a document says about the data of one kind of event. */
interface EventKind {
  /** The types of these events; `undefined` where they may be of any. */
  readonly names: readonly string[] | undefined;
  readonly isJson: boolean;
  /** The pointer of the schema of a text that holds JSON. */
  readonly encoded: string | undefined;
}

/**
 * Tells which events of a stream have JSON as their data. The schema is that of one event: an object with the fields
 * of WHATWG HTML, 9.2.6, or a union of such objects. That a text holds JSON, `contentMediaType` says (JSON Schema
 * 2020-12, validation, 8.4; OpenAPI 3.2, "Special Considerations for Server-Sent Events"). Data of another type than
 * text can be nothing else.
 */
export function eventData(document: JsonObject, placed: PlacedSchema | undefined): EventData {
  const root = placed && { value: placed.schema, pointer: placed.pointer };
  const kinds = root === undefined ? [] : (eventKinds(document, root, new Set()) ?? []);
  // Nothing tells events of any type from those with text, where there are both: then they are text, too.
  const isAll = kinds.every((kind) => kind.isJson);
  const json = kinds.filter((kind) => kind.isJson && (isAll || kind.names !== undefined));
  return {
    json: json.some(({ names }) => names === undefined)
      ? "all"
      : [...new Set(json.flatMap(({ names = [] }) => names))].sort(compareText),
    encoded: json.flatMap(({ encoded }) => encoded ?? []),
  };
}

type Properties = ReadonlyMap<string, PlacedSchema>;

/**
 * The kinds of events, or `undefined` where something else is described, such as what the text of `data` holds.
 *
 * @param outer the properties that the schemas around say every event has: alternatives tell what is different.
 */
function eventKinds(
  document: JsonObject,
  place: Placed<JsonValue | undefined>,
  seen: ReadonlySet<string>,
  outer: Properties = new Map(),
): readonly EventKind[] | undefined {
  const schema = isObject(place.value) ? place.value : {};
  if (seen.has(place.pointer)) return undefined;
  const own = propertiesOf(document, { schema, pointer: place.pointer });
  const properties = new Map([...outer, ...own]);
  const union = unionOf(document, place);
  if (union === undefined) return eventKind(document, properties);
  const inside = new Set([...seen, place.pointer, union.pointer]);
  const branches = union.value.map((value, index) =>
    eventKinds(document, { value, pointer: `${union.pointer}/${index}` }, inside, properties),
  );
  return branches.includes(undefined) ? undefined : branches.flatMap((kinds) => kinds ?? []);
}

/** The alternatives of a schema: its own, which can stand beside a `$ref`, or those that this leads to. */
function unionOf(
  document: JsonObject,
  place: Placed<JsonValue | undefined>,
): Placed<readonly JsonValue[]> | undefined {
  const target = follow(document, place.value, place.pointer);
  for (const { value, pointer } of [place, ...(target === undefined ? [] : [target])]) {
    for (const keyword of ["oneOf", "anyOf"]) {
      const members = arrayMember(value, keyword);
      if (members.length > 0) return { value: members, pointer: `${pointer}/${keyword}` };
    }
  }
  return undefined;
}

function eventKind(document: JsonObject, properties: Properties): readonly EventKind[] | undefined {
  const event = properties.get("event");
  const data = properties.get("data");
  if (event === undefined && data === undefined) return undefined;
  return [{ names: namesOf(document, event), ...contentOf(document, data) }];
}

/** An event that says nothing about its type is a `message` (WHATWG HTML, 9.2.6). */
function namesOf(
  document: JsonObject,
  event: PlacedSchema | undefined,
): readonly string[] | undefined {
  if (event === undefined) return ["message"];
  const schema = follow(document, event.schema, event.pointer)?.value;
  const constant = stringMember(schema, "const");
  const names = constant === undefined ? stringsMember(schema, "enum") : [constant];
  return names.length === 0 ? undefined : names;
}

function contentOf(
  document: JsonObject,
  data: PlacedSchema | undefined,
): Pick<EventKind, "isJson" | "encoded"> {
  const mediaType = stringMember(data?.schema, "contentMediaType") ?? "";
  const isPlain = member(data?.schema, "contentEncoding") === undefined;
  if (isPlain && isJson(mediaType.toLowerCase())) return { isJson: true, encoded: data?.pointer };
  return { isJson: schemaShape(document, data) === "structured", encoded: undefined };
}
