import type { Call, Parameters } from "./call.js";
import { percentEncode, simpleText } from "./parameters.js";
import type { Refuse } from "./refuse.js";

/**
 * Expands an operation's path template (OpenAPI 3.1, "Path Templating").
 *
 * The template is read once, and no value that comes in is looked at again: it cannot bring a
 * `{name}` with it. A value can not change the path either: `/` becomes `%2F`, and a segment
 * that would be empty, `.` or `..` is refused, because URL parsers (WHATWG, "URL parsing") remove
 * the latter two, `%2e` forms included.
 */
export function expandPath({ path, pathParams = {} }: Call, refuse: Refuse): string {
  // Most have nothing to fill in: to look for it takes a twentieth of the time of a call.
  if (/^\/[^{\0?#\\]*$/.test(path)) return path;
  // "\0" stands before each value: no literal and no value has one. Literal text is path, whatever a
  // URL parser would take it for.
  const text = path.replace(/\{([^{}]*)\}|[\0?#\\]/g, (literal, name: string | undefined) =>
    name === undefined ? percentEncode(literal) : `\0${pathValue(name, pathParams, refuse)}`,
  );
  for (const segment of text.split("/")) {
    const isFilled = segment.includes("\0");
    if (isFilled && /^(?:\.|%2e){0,2}$/i.test(segment.replaceAll("\0", ""))) {
      throw refuse(`the path parameters must not make a segment empty, "." or ".."`);
    }
  }
  const expanded = text.replaceAll("\0", "");
  // Without its slash, "@host" or ":1" would become part of the server's name.
  return expanded.startsWith("/") ? expanded : `/${expanded}`;
}

/** Runs the style of one parameter, and names the parameter if the style cannot carry the value. */
export function written<T>(name: string, place: string, refuse: Refuse, write: () => T): T {
  try {
    return write();
  } catch {
    // What was thrown may quote the value.
    throw refuse(
      `the ${place} parameter ${JSON.stringify(name)} has a value its style can't carry`,
    );
  }
}

function pathValue(name: string, values: Parameters, refuse: Refuse): string {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  const text = written(name, "path", refuse, () => simpleText(name, value, percentEncode));
  if (text === undefined || text === "") {
    throw refuse(`the path parameter ${JSON.stringify(name)} is missing or empty`);
  }
  return text;
}
