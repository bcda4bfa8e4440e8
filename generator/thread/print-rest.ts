import { verifyingPrintersOf } from "../emit/emit.js";
import type { GeneratedFile } from "../output/generated-file.js";
import type { Printing } from "./tasks.js";

/**
 * Prints and verifies those files that nobody else has taken: each is printed by one of the threads that are given the
 * same `taken`. Which one that is depends on their speed; the text does not.
 *
 * @param order the places of the files, first things first
 * @param free fulfilled when this thread has time for one more file
 * @returns a place for each file; `undefined` for those of others
 */
export async function printRest(
  { model, runtime, taken }: Printing,
  order: readonly number[],
  free: () => Promise<unknown>,
): Promise<readonly (GeneratedFile | undefined)[]> {
  const printers = verifyingPrintersOf(model, runtime);
  const files = printers.map((): GeneratedFile | undefined => undefined);
  for (const index of order) {
    await free();
    if (Atomics.exchange(taken, index, 1) === 0) files[index] = printers[index]?.print();
  }
  return files;
}
