/** Turns text into what may stand in its place of the request: percent-encoded, or as it is. */
export type Encode = (text: string) => string;

/** A name and a value, both encoded; or, in a query, one text that stands for both. */
export type Pair = readonly [name: string, value?: string];

/** Takes a nested value apart, down to scalars and whatever `isLeaf` says is one. */
export type Leaves = (
  name: string,
  isLeaf: (value: unknown) => boolean,
) => readonly (readonly [path: string, leaf: unknown])[];

/**
 * A parameter value together with the style that the document gives it. The functions of `styles.ts`
 * make them; values without one are written in the default style of their place.
 */
export class StyledValue {
  /** What is to be written for the parameter `name`; nothing at all for an undefined value. */
  readonly pairs: (name: string, encode: Encode) => readonly Pair[];

  /** The same before it becomes text, for places that can carry more than text. */
  readonly leaves: Leaves | undefined;

  constructor(pairs: (name: string, encode: Encode) => readonly Pair[], leaves?: Leaves) {
    this.pairs = pairs;
    this.leaves = leaves;
  }
}

/** Percent-encodes all but the unreserved characters of RFC 3986, section 2.3. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Leaves text as it is: headers and multipart names are not percent-encoded. */
export function verbatim(text: string): string {
  return text;
}

/** The wire form of a scalar; a `Date` counts as one. Throws for anything else. */
export function scalar(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  switch (typeof value) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    default:
      throw new TypeError("not a scalar");
  }
}

/** The members of an array, or of an object with their keys; undefined for a scalar. */
export function members(value: unknown): [key: string, member: unknown][] | undefined {
  if (typeof value !== "object" || value === null || value instanceof Date) return undefined;
  return Object.entries(value).filter(([, member]) => isPresent(member));
}

/** `undefined` and `null` are not sent (RFC 6570, section 2.3). */
export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/**
 * The parts that RFC 6570, section 3.2.1, joins with a separator: the items of an array, the
 * `key=value`s of an exploded object, the keys and values of one that is not, or a single scalar.
 */
export function parts(value: unknown, encode: Encode, explode: boolean): string[] {
  if (!isPresent(value)) return [];
  const list = members(value);
  if (list === undefined) return [encode(scalar(value))];
  return list.flatMap(([key, member]) => {
    const text = encode(scalar(member));
    if (Array.isArray(value)) return [text];
    return explode ? [`${encode(key)}=${text}`] : [encode(key), text];
  });
}

/** Style form, exploded: `name=a&name=b`, or a pair for each key of an object. */
export function formPairs(name: string, value: unknown, encode: Encode): readonly Pair[] {
  if (value instanceof StyledValue) return value.pairs(name, encode);
  if (!isPresent(value)) return [];
  const list = members(value) ?? [[name, value]];
  return list.map(([key, member]) => [
    encode(Array.isArray(value) ? name : key),
    encode(scalar(member)),
  ]);
}

/** Style simple: the text for a path parameter or header; undefined if there is nothing to write. */
export function simpleText(name: string, value: unknown, encode: Encode): string | undefined {
  const texts =
    value instanceof StyledValue
      ? value.pairs(name, encode).map(([, text]) => text)
      : parts(value, encode, false);
  return texts.length === 0 ? undefined : texts.join(",");
}

/** The fields of a form. Throws for a value that has none. */
export function fieldsOf(value: unknown): [name: string, value: unknown][] {
  if (typeof value !== "object" || value === null) throw new TypeError("not an object");
  return Object.entries(value);
}
