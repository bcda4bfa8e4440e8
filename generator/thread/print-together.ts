import { setImmediate as everythingElse } from "node:timers/promises";
import type { SameTexts } from "../emit/emit.js";
import { printersOf } from "../emit/print.js";
import type { ApiModel } from "../model/api-model.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { printRest } from "./print-rest.js";
import type { Tasks } from "./tasks.js";

/**
 * Prints the files of one service on this thread and on another, which begins at the other end. This one prints only
 * when it has nothing else to do. Each verifies what it has printed.
 *
 * @param same the texts of files that are known already, by their path
 */
export async function printTogether(
  model: ApiModel,
  runtime: string,
  thread: Pick<Tasks, "print">,
  same: SameTexts = new Map(),
): Promise<readonly GeneratedFile[]> {
  const paths = printersOf(model, runtime).map(({ path }) => path);
  const places = [...paths.keys()];
  const taken = new Int32Array(new SharedArrayBuffer(places.length * Int32Array.BYTES_PER_ELEMENT));
  taken.set(paths.map((path) => (same.has(path) ? 1 : 0)));
  const printing = { model, runtime, taken };
  const [theirs, ours] = await Promise.all([
    thread.print(printing),
    printRest(printing, places.toReversed(), async () => {
      await everythingElse();
    }),
  ]);
  return paths.map((path, place) => {
    const known = same.get(path);
    if (known !== undefined) return { path, text: known };
    const file = theirs[place] ?? ours[place];
    if (file === undefined) throw new Error(`Nobody printed file ${place}.`);
    return file;
  });
}
