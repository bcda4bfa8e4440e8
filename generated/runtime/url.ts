import type { Call, Parameters } from "./call.js";
import { percentEncode, simpleText } from "./parameters.js";

/** Makes the error for a parameter; it gets the name, never the value. */
export type Refuse = (problem: string) => Error;

/**
 * Expands an operation's path template (OpenAPI 3.1, "Path Templating").
 *
 * The template is taken apart before any value comes in, and no value is looked at again: it cannot
 * bring a `{name}` with it. A value can not change the path either: `/` becomes `%2F`, and a segment
 * that would be empty, `.` or `..` is refused, because URL parsers (WHATWG, "URL parsing") remove
 * the latter two, `%2e` forms included.
 */
export function expandPath({ path, pathParams = {} }: Call, refuse: Refuse): string {
  const pieces = path.split(/\{([^{}]*)\}/);
  const expanded = pieces.map((piece, index) =>
    index % 2 === 0 ? encodeLiteral(piece) : pathValue(piece, pathParams, refuse),
  );
  // Where the values are: "\0" stands for each, so that segments can be compared one by one.
  const template = pieces.map((piece, index) => (index % 2 === 0 ? piece : "\0")).join("");
  const segments = expanded.join("").split("/");
  template.split("/").forEach((segment, index) => {
    if (segment.includes("\0") && /^(?:\.|%2e){0,2}$/i.test(segments[index] ?? "")) {
      throw refuse(`the path parameters must not make a segment empty, "." or ".."`);
    }
  });
  const text = segments.join("/");
  // Without its slash, "@host" or ":1" would become part of the server's name.
  return text.startsWith("/") ? text : `/${text}`;
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

/** Literal text of a template is path, whatever a URL parser would take it for. */
function encodeLiteral(text: string): string {
  return text.replace(/[?#\\]/g, percentEncode);
}
