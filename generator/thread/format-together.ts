import { formatRest } from "../output/format.js";
import type { GeneratedFile } from "../output/generated-file.js";
import type { Tasks } from "./tasks.js";

/**
 * Formats files on this thread and on another. Which thread formats what depends on their speed; the result does not.
 * This thread takes a file only when it has nothing else to do.
 */
export async function formatTogether(
  files: readonly GeneratedFile[],
  thread: Pick<Tasks, "format">,
): Promise<readonly GeneratedFile[]> {
  const taken = new Int32Array(new SharedArrayBuffer(files.length * Int32Array.BYTES_PER_ELEMENT));
  const [theirs, ours] = await Promise.all([
    thread.format({ files, taken }),
    formatRest(files, taken, freeTime),
  ]);
  return files.map((file, index) => theirs[index] ?? ours[index] ?? file);
}

/** Lets everything else that this thread has to do come first. */
function freeTime(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
