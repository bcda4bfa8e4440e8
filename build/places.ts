import path from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the package, with a separator at the end. */
export const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Where everything goes that is published. */
export const DIST = path.join(ROOT, "dist");

/** A path of the package as it is written everywhere: relative, with slashes. */
export function nameOf(file: string): string {
  return path.relative(ROOT, file).replaceAll(path.sep, "/");
}
