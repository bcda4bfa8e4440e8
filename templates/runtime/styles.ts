import {
  formPairs,
  isPresent,
  members,
  parts,
  scalar,
  StyledValue,
  type Encode,
  type Pair,
} from "./parameters.js";

/*
 * The styles of OpenAPI 3.1 ("Parameter Object", "Style Values") other than the default of their
 * place: `simple` for path parameters and headers, exploded `form` for the query and cookies.
 *
 * | style                     | explode: false              | explode: true              |
 * | ------------------------- | --------------------------- | -------------------------- |
 * | simple (path, header)     | the default                 | simple(v, {explode: true}) |
 * | label (path)              | label(v)                    | label(v, {explode: true})  |
 * | matrix (path)             | matrix(v)                   | matrix(v, {explode: true}) |
 * | form (query, cookie)      | commaDelimited(v)           | the default                |
 * | form (property of a form) | commaDelimited(v)           | exploded(v)                |
 * | spaceDelimited (query)    | spaceDelimited(v)           | the default                |
 * | pipeDelimited (query)     | pipeDelimited(v)            | the default                |
 * | deepObject (query)        | deepObject(v)               | deepObject(v)              |
 * | cookie (cookie)           |                             | inCookieStyle(v)           |
 * | content: application/json | jsonContent(v)              |                            |
 *
 * `allowReserved(...)` goes around any value of the query or of a form, with or without a style;
 * `allowReservedInPath(...)` and `allowReservedInCookie(...)` do in their places.
 */

/** Whether each item or property of the value is written separately. */
export interface Explode {
  readonly explode?: boolean | undefined;
}

/** Simple style: `a,b`; an object is `k,v,k2,v2` or, exploded, `k=v,k2=v2`. */
export function simple(value: unknown, { explode = false }: Explode = {}): StyledValue {
  return joined(value, explode, (_name, texts) => texts.join(","));
}

/** Label style (RFC 6570, section 3.2.5): `.a,b` or, exploded, `.a.b` and `.k=v.k2=v2`. */
export function label(value: unknown, { explode = false }: Explode = {}): StyledValue {
  return joined(value, explode, (_name, texts) => `.${texts.join(explode ? "." : ",")}`);
}

/**
 * Matrix style (RFC 6570, section 3.2.7): `;name=a,b` or, exploded, `;name=a;name=b` and
 * `;k=v;k2=v2`. The empty string is written without its `=`.
 */
export function matrix(value: unknown, { explode = false }: Explode = {}): StyledValue {
  const isObject = members(value) !== undefined && !Array.isArray(value);
  return joined(value, explode, (name, texts) => {
    const values = explode ? texts : [texts.join(",")];
    const prefix = explode && isObject ? ";" : `;${name}=`;
    return values.map((text) => (text === "" ? `;${name}` : prefix + text)).join("");
  });
}

/** Form style, not exploded: `name=a,b`; an object is `name=k,v,k2,v2`. */
export function commaDelimited(value: unknown): StyledValue {
  return joined(value, false, (_name, texts) => texts.join(","));
}

/**
 * Form style, exploded: `name=a&name=b`; an object is a pair for each of its keys. The default of the
 * query, but not of the properties of a form, where an object without a style is JSON.
 */
export function exploded(value: unknown): StyledValue {
  return new StyledValue(
    (name, encode) => formPairs(name, value, encode),
    (name, isLeaf) => {
      const list = isLeaf(value) ? undefined : members(value);
      if (list === undefined) return isPresent(value) ? [[name, value]] : [];
      return list.map(([key, member]) => [Array.isArray(value) ? name : key, member]);
    },
  );
}

/** Space-delimited style: `name=a%20b`. An item with a space in it cannot be told from two. */
export function spaceDelimited(value: unknown): StyledValue {
  return joined(value, false, (_name, texts, encode) => texts.join(encode(" ")));
}

/** Pipe-delimited style: `name=a%7Cb`. An item with a pipe in it cannot be told from two. */
export function pipeDelimited(value: unknown): StyledValue {
  return joined(value, false, (_name, texts, encode) => texts.join(encode("|")));
}

/**
 * Deep object style: `name[key]=value`. OpenAPI leaves everything beyond one level undefined; here
 * it is what Rails, PHP and `qs` read: objects in objects add brackets (`name[a][b]=1`), an array of
 * scalars repeats empty ones (`name[a][]=1&name[a][]=2`), and the objects and arrays of an array are
 * numbered (`name[0][a]=1`).
 */
export function deepObject(value: unknown): StyledValue {
  return new StyledValue(
    (name, encode) =>
      leaves(name, value, () => false).map(([path, leaf]) => [encode(path), encode(scalar(leaf))]),
    (name, isLeaf) => leaves(name, value, isLeaf),
  );
}

function leaves(
  name: string,
  value: unknown,
  isLeaf: (value: unknown) => boolean,
): [path: string, leaf: unknown][] {
  if (!isPresent(value)) return [];
  const list = isLeaf(value) ? undefined : members(value);
  if (list === undefined) return [[name, value]];
  return list.flatMap(([key, member]) => {
    const isItem = Array.isArray(value) && (isLeaf(member) || members(member) === undefined);
    return leaves(`${name}[${isItem ? "" : key}]`, member, isLeaf);
  });
}

/**
 * Leaves the reserved characters of RFC 3986 in a query or form value as they are (`allowReserved`),
 * save those that would end the value: `#`, `&`, `=`, `+`, and `%`, so that every value arrives as
 * it was passed.
 */
export function allowReserved(value: unknown): StyledValue {
  return reserved(value, /%(?:3A|2F|3F|5B|5D|40|21|24|27|28|29|2A|2C|3B)/g);
}

/**
 * The same for a path (RFC 3986, section 3.3): all that may stand in a segment. What would end it is
 * encoded, so that no value changes the path.
 */
export function allowReservedInPath(value: unknown): StyledValue {
  return reserved(value, /%(?:3A|40|21|24|26|27|28|29|2A|2B|2C|3B|3D)/g);
}

/** The same for a cookie (RFC 6265, section 4.1.1): all that may stand in a value. */
export function allowReservedInCookie(value: unknown): StyledValue {
  return reserved(value, /%(?:3A|2F|3F|23|5B|5D|40|21|24|26|27|28|29|2A|2B|3D)/g);
}

function reserved(value: unknown, kept: RegExp): StyledValue {
  return new StyledValue((name, encode) =>
    formPairs(name, value, (text) => encode(text).replace(kept, decodeURIComponent)),
  );
}

/**
 * Cookie style (OpenAPI 3.2): a cookie for each item or property, and nothing escaped. A value of
 * characters that no cookie can hold (RFC 6265, section 4.1.1) is refused: it has to come escaped.
 */
export function inCookieStyle(value: unknown): StyledValue {
  return new StyledValue((name) =>
    formPairs(name, value, (text) => {
      if (!/^(?:[!#-+\x2d-:<-[\]-~]*|"[!#-+\x2d-:<-[\]-~]*")$/.test(text))
        throw new TypeError("no cookie");
      return text;
    }),
  );
}

/**
 * A parameter with `content: application/json`: its JSON text. Characters outside ASCII are written
 * as `\u` escapes, which every place can carry.
 */
export function jsonContent(
  value: unknown,
  stringify: (value: unknown) => string | undefined = JSON.stringify,
): StyledValue {
  return new StyledValue((name, encode) => {
    const json = stringify(value)?.replace(
      /[\u007f-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    return json === undefined ? [] : [[encode(name), encode(json)]];
  });
}

/** A style that writes all parts of a value as one text. */
function joined(
  value: unknown,
  explode: boolean,
  join: (name: string, texts: readonly string[], encode: Encode) => string,
): StyledValue {
  return new StyledValue((name, encode): readonly Pair[] => {
    const texts = parts(value, encode, explode);
    return texts.length === 0 ? [] : [[encode(name), join(encode(name), texts, encode)]];
  });
}
