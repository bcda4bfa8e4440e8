/** What a plain scalar of YAML may stand for. */
export type CoreValue = null | boolean | number | string;

const NULL = /^(?:null|Null|NULL|~|)$/;
const TRUE = /^(?:true|True|TRUE)$/;
const FALSE = /^(?:false|False|FALSE)$/;
const INTEGER = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;
/** With what anything but a string begins; most texts begin with something else. */
const OTHERS = /^(?:[-+.0-9nNtTfF~]|$)/;

/** What the text of a plain scalar stands for in the core schema (YAML 1.2.2, section 10.3.2). */
export function coreValue(text: string): CoreValue {
  if (!OTHERS.test(text)) return text;
  if (NULL.test(text)) return null;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  if (INTEGER.test(text) || FLOAT.test(text)) return Number(text);
  if (INFINITE.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return NOT_A_NUMBER.test(text) ? NaN : text;
}

/**
 * What a scalar with a tag stands for (sections 10.1 to 10.3); `undefined` where that is none of the core schema, or does
 * not fit the text.
 *
 * @param tag as it is written
 */
export function taggedValue(tag: string, text: string): CoreValue | undefined {
  const name = coreTag(tag);
  if (name === "!" || name === "str") return text;
  const value = coreValue(text);
  const fits =
    (name === "null" && value === null) ||
    (name === "bool" && typeof value === "boolean") ||
    (name === "int" && INTEGER.test(text)) ||
    (name === "float" && typeof value === "number");
  return fits ? value : undefined;
}

/** The name of a tag of the core schema, such as `int`; `!` for the tag that only says that it is no other one. */
export function coreTag(tag: string): string | undefined {
  return tag === "!" ? tag : /^(?:!!|!<tag:yaml\.org,2002:)(\w+)>?$/.exec(tag)?.[1];
}
