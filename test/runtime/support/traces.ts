import { inspect } from "node:util";

/** A credential, in all places that have one; it must never be seen. */
export const SECRET = "s3cr3t-sentinel";

/** Everything that a program or a log may make of an error. */
export function traces(error: unknown): string {
  const texts = [String(error), JSON.stringify(error), inspect(error, { depth: 10 })];
  for (let at = error, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth += 1) {
    texts.push(at.message, at.stack ?? "", JSON.stringify(Object.getOwnPropertyDescriptors(at)));
  }
  return texts.join("\n");
}
