/**
 * Reads a parameter back from the raw request, by the tables of OpenAPI 3.1 and RFC 6570 only: it
 * shares nothing with the code under test. Values are text.
 */
export type Shape = "scalar" | "array" | "object";
export type Plain = string | string[] | Record<string, string> | undefined;

const decode = decodeURIComponent;

/** `a<separator>b`, as an array or as an object's keys and values. */
function split(raw: string, separator: string, shape: Shape, explode: boolean): Plain {
  if (shape === "scalar") return decode(raw);
  const texts = raw.split(separator);
  if (shape === "array") return texts.map(decode);
  const entries: [string, string][] = [];
  if (explode) {
    for (const text of texts) {
      const [key = "", value = ""] = text.split("=");
      entries.push([decode(key), decode(value)]);
    }
  } else {
    for (let index = 0; index < texts.length; index += 2) {
      entries.push([decode(texts[index] ?? ""), decode(texts[index + 1] ?? "")]);
    }
  }
  return Object.fromEntries(entries);
}

/** Style simple, of a path segment. */
export function decodeSimple(raw: string, shape: Shape, explode: boolean): Plain {
  return split(raw, ",", shape, explode);
}

/** Style simple, of a header: nothing is percent-encoded. */
export function decodeHeader(raw: string, shape: Shape, explode: boolean): Plain {
  return split(raw.replaceAll("%", "%25"), ",", shape, explode);
}

/** Style label. */
export function decodeLabel(raw: string, shape: Shape, explode: boolean): Plain {
  if (!raw.startsWith(".")) throw new Error(`no label: ${raw}`);
  return split(raw.slice(1), explode ? "." : ",", shape, explode);
}

/** Style matrix. */
export function decodeMatrix(raw: string, name: string, shape: Shape, explode: boolean): Plain {
  if (!raw.startsWith(";")) throw new Error(`no matrix: ${raw}`);
  const pairs = raw
    .slice(1)
    .split(";")
    .map((pair) => pair.split("="));
  if (explode && shape === "object") {
    return Object.fromEntries(pairs.map(([key = "", value = ""]) => [decode(key), decode(value)]));
  }
  for (const [key = ""] of pairs) {
    if (decode(key) !== name) throw new Error(`matrix of ${key}`);
  }
  const values = pairs.map(([, value = ""]) => value);
  if (explode && shape === "array") return values.map(decode);
  return split(values.join(), ",", shape, explode);
}

/** Style form, of a query or of cookies, from which the other parameters are gone. */
export function decodeForm(
  raw: string,
  separator: string,
  name: string,
  shape: Shape,
  explode: boolean,
): Plain {
  const pairs = raw.split(separator).map((pair) => pair.split("="));
  if (explode && shape === "object") {
    return Object.fromEntries(pairs.map(([key = "", value = ""]) => [decode(key), decode(value)]));
  }
  for (const [key = ""] of pairs) {
    if (decode(key) !== name) throw new Error(`form of ${key}`);
  }
  const values = pairs.map(([, value = ""]) => value);
  if (shape === "array" && explode) return values.map(decode);
  return split(values.join(), ",", shape, explode);
}

/** Styles spaceDelimited and pipeDelimited, not exploded. */
export function decodeDelimited(raw: string, separator: string, name: string, shape: Shape): Plain {
  const [key = "", value = ""] = raw.split("=");
  if (decode(key) !== name) throw new Error(`delimited, of ${key}`);
  return split(value, separator, shape, false);
}

/** Style deepObject, nested as Rails, PHP and `qs` have it. */
export function decodeDeep(raw: string, name: string): unknown {
  interface Node {
    [key: string]: Node | string | string[];
  }
  const root: Node = {};
  for (const pair of raw.split("&")) {
    const [key = "", value = ""] = pair.split("=");
    const path = decode(key).replaceAll("]", "").split("[");
    if (path.shift() !== name) throw new Error(`deep object of ${key}`);
    let node = root;
    while (path.length > (path.at(-1) === "" ? 2 : 1))
      node = (node[path.shift() ?? ""] ??= {}) as Node;
    const [last = "", isList] = path;
    if (isList === undefined) node[last] = decode(value);
    else ((node[last] ??= []) as string[]).push(decode(value));
  }
  return root;
}
