import { setImmediate as everythingElse } from "node:timers/promises";
import { printersOf } from "../emit/print.js";
import type { MadeFiles, WantedFiles } from "../make-files.js";
import { printRest } from "./print-rest.js";
import type { Tasks } from "./tasks.js";

/**
 * Makes the files of one service on this thread and on another. The other one makes the pages first, which take it
 * longer than printing takes this one; then it prints what is left, from the other end. Either prints only when it has
 * nothing else to do, and each verifies what it has printed.
 */
export async function makeTogether(
  { model, runtime, same: findSame, pages }: WantedFiles,
  thread: Pick<Tasks, "make">,
): Promise<MadeFiles> {
  const paths = printersOf(model, runtime).map(({ path }) => path);
  const places = [...paths.keys()];
  const taken = new Int32Array(new SharedArrayBuffer(places.length * Int32Array.BYTES_PER_ELEMENT));
  const printing = { model, runtime, taken };
  const making = thread.make({ printing, pages });
  // Which are known is found out while the other one is at work; should it print one, that is the same text.
  const same = findSame();
  for (const place of places) if (same.has(paths[place] ?? "")) Atomics.store(taken, place, 1);
  const [theirs, ours] = await Promise.all([
    making,
    printRest(printing, places.toReversed(), everythingElse),
  ]);
  const printed = paths.map((path, place) => {
    const known = same.get(path);
    if (known !== undefined) return { path, text: known };
    const file = theirs.printed[place] ?? ours[place];
    if (file === undefined) throw new Error(`Nobody printed file ${place}.`);
    return file;
  });
  return { printed, pages: theirs.pages };
}
