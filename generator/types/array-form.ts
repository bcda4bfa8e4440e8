import { arrayMember, member } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";
import { isSchema } from "../resolve/media-types.js";
import { isUnrestricted, type NormalSchema } from "./forms.js";
import { alone, formAt, type FormOf, type Scope } from "./scope.js";

/** The longest array of a fixed length whose elements are counted in its type. */
const LONGEST_FIXED = 8;

/**
 * An array, or a tuple where `prefixItems` says what stands first, or where the length is fixed and small.
 *
 * A tuple has what `prefixItems` lists, all of it unless `minItems` asks for less, and nothing behind unless `items`
 * tells what; JSON Schema would allow shorter and longer ones (2020-12, core, 10.3.1), which authors do not mean.
 */
export function arrayForm(
  schema: JsonObject,
  pointer: string,
  scope: Scope,
  formOf: FormOf,
): NormalSchema {
  const { prefix, rest } = itemsOf(schema);
  const inner = alone(scope);
  const forms = prefix.map(({ schema: item, key }) =>
    formAt(item, `${pointer}${key}`, inner, formOf),
  );
  const restForm = formAt(rest?.schema, `${pointer}${rest?.key ?? ""}`, inner, formOf);
  if (prefix.length === 0) {
    const length = fixedLength(schema);
    if (restForm === false) return tupleForm([], 0, false);
    return length === undefined || isUnrestricted(restForm)
      ? { type: "array", items: restForm }
      : tupleForm(
          Array.from({ length }, () => restForm),
          length,
          false,
        );
  }
  const least = member(schema, "minItems");
  const most = member(schema, "maxItems");
  const isClosed = rest === undefined || (typeof most === "number" && most <= prefix.length);
  return tupleForm(
    forms,
    typeof least === "number" ? least : forms.length,
    isClosed ? false : restForm,
  );
}

export interface Item {
  readonly schema: JsonValue;
  /** The way to it from the array. */
  readonly key: string;
}

/** What stands at the beginning, and what behind; up to 2019-09, `items` was a list and `additionalItems` the rest. */
export function itemsOf(schema: JsonObject): {
  readonly prefix: readonly Item[];
  readonly rest: Item | undefined;
} {
  const isListed = Array.isArray(member(schema, "items"));
  const [first, then] = isListed ? ["items", "additionalItems"] : ["prefixItems", "items"];
  const behind = [then, "unevaluatedItems"].find((key) => isSchema(member(schema, key)));
  return {
    prefix: arrayMember(schema, first).map((item, index) => ({
      schema: item,
      key: `/${first}/${index}`,
    })),
    rest:
      behind === undefined
        ? undefined
        : { schema: member(schema, behind) ?? true, key: `/${behind}` },
  };
}

/** The length of an array whose elements its type counts. */
export function fixedLength(schema: JsonObject): number | undefined {
  const least = member(schema, "minItems");
  const isFixed = typeof least === "number" && least === member(schema, "maxItems");
  return isFixed && Number.isInteger(least) && least > 0 && least <= LONGEST_FIXED
    ? least
    : undefined;
}

/**
 * A tuple whose elements from some place on may be missing, and what may follow. openapi-typescript has no words for
 * the last two; types of our own stand for them (`openapi-typescript.ts`).
 */
function tupleForm(
  forms: readonly NormalSchema[],
  required: number,
  rest: NormalSchema,
): NormalSchema {
  const elements = forms.map((form, index) =>
    index < required ? form : { type: "optional", items: form },
  );
  return {
    type: "array",
    prefixItems: [...elements, ...(rest === false ? [] : [{ type: "rest", items: rest }])],
  };
}
