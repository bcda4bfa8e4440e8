import { Int64Place, type Int64Policy, type Int64Schema } from "./int64-schema.js";
import { parseInt64 } from "./parse-int64.js";

/** Schemas by status: `404`, `4XX` or `default`. */
export type Int64SchemaByStatus = Readonly<Record<string, Int64Schema>>;

/**
 * Parses the JSON of errors whose 64-bit integers are bigints or strings. A text that is not what the document says
 * throws, and then is the body of the error itself.
 */
export function int64Errors(
  policy: Int64Policy,
  schemas: Int64SchemaByStatus,
): (text: string, status: number) => unknown {
  const known = new Map(Object.entries(schemas));
  return (text, status) => {
    const range = `${String(status).charAt(0)}XX`;
    const schema = known.get(String(status)) ?? known.get(range) ?? known.get("default");
    if (schema === undefined) return JSON.parse(text) as unknown;
    const top = new Int64Place([schema]);
    return parseInt64(text, policy, top, (path) => new TypeError(path));
  };
}
