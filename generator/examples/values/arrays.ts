import { arrayMember, member } from "../../document/json.js";
import type { JsonValue } from "../../document/source.js";
import { isSchema } from "../../resolve/media-types.js";
import type { PlacedSchema } from "../../resolve/resolved-api.js";
import type { MakeValue } from "./make.js";
import { inside, type Making } from "./making.js";
import type { Part } from "./parts.js";
import { another } from "./texts.js";
import { numberMember } from "./limits.js";

/** The most items that are made because an array has to have them. */
const MOST_ITEMS = 50;

/**
 * An array with what has to stand in it, and one item where nothing has to. Without items that can be made it is empty,
 * where that is allowed.
 */
export function makeArray(
  parts: readonly Part[],
  name: string,
  making: Making,
  makeValue: MakeValue,
): JsonValue | undefined {
  const least = Math.max(0, ...parts.map(({ schema }) => numberMember(schema, "minItems") ?? 0));
  const most = Math.min(...parts.map(({ schema }) => numberMember(schema, "maxItems") ?? Infinity));
  const listed = Math.max(...parts.map(({ schema }) => prefixOf(schema).list.length));
  const length = Math.min(Math.max(least, listed, 1), most, MOST_ITEMS);
  const isSet = parts.some(({ schema }) => member(schema, "uniqueItems") === true);
  const inner = inside(making);
  const items: JsonValue[] = [];
  for (let index = 0; index < length; index += 1) {
    const item = makeValue(itemsAt(parts, index), singular(name), inner);
    if (item === undefined) break;
    items.push(isSet && index >= listed ? distinct(item, items, itemsAt(parts, index)) : item);
  }
  return items.length < least ? undefined : items;
}

function prefixOf(schema: JsonValue): {
  readonly keyword: string;
  readonly list: readonly JsonValue[];
} {
  const keyword = Array.isArray(member(schema, "items")) ? "items" : "prefixItems";
  return { keyword, list: arrayMember(schema, keyword) };
}

/** What the item in some place has to satisfy. */
function itemsAt(parts: readonly Part[], index: number): readonly PlacedSchema[] {
  return parts.flatMap(({ schema, pointer }) => {
    const { keyword, list } = prefixOf(schema);
    const rest = keyword === "items" ? "additionalItems" : "items";
    const [value, place] =
      index < list.length ? [list[index], `${keyword}/${index}`] : [member(schema, rest), rest];
    return isSchema(value) ? [{ schema: value, pointer: `${pointer}/${place}` }] : [];
  });
}

/** An item that does not stand in the array yet, where that is easy to have. */
function distinct(
  item: JsonValue,
  items: readonly JsonValue[],
  schemas: readonly PlacedSchema[],
): JsonValue {
  if (!items.includes(item)) return item;
  const listed = schemas.flatMap(({ schema }) => arrayMember(schema, "enum"));
  return listed.find((one) => !items.includes(one)) ?? another(item, items.length);
}

/** What one of several is called, as far as texts are chosen by it. */
function singular(name: string): string {
  return name.replace(/s$/, "");
}
