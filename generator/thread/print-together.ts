import { setImmediate as everythingElse } from "node:timers/promises";
import { verified } from "../emit/emit.js";
import { printersOf } from "../emit/print.js";
import type { ApiModel } from "../model/api-model.js";
import type { GeneratedFile } from "../output/generated-file.js";
import { printRest } from "./print-rest.js";
import type { Tasks } from "./tasks.js";

/**
 * Prints the files of one service on this thread and on another, which begins at the other end. This one prints only
 * when it has nothing else to do, and verifies all: the other one would have to load a compiler for that.
 */
export async function printTogether(
  model: ApiModel,
  runtime: string,
  thread: Pick<Tasks, "print">,
): Promise<readonly GeneratedFile[]> {
  const places = [...printersOf(model, runtime).keys()];
  const taken = new Int32Array(new SharedArrayBuffer(places.length * Int32Array.BYTES_PER_ELEMENT));
  const printing = { model, runtime, taken };
  const [theirs, ours] = await Promise.all([
    thread.print(printing),
    printRest(printing, places.toReversed(), async () => {
      await everythingElse();
    }),
  ]);
  const files = places.map((place) => {
    const file = theirs[place] ?? ours[place];
    if (file === undefined) throw new Error(`Nobody printed file ${place}.`);
    return file;
  });
  return verified(files, model, runtime);
}
