import { statSync } from "node:fs";
import { setImmediate as everythingElse } from "node:timers/promises";
import type { DocumentInput } from "../document/document-input.js";
import type { Tasks } from "./tasks.js";

type Load = Tasks["load"];

/**
 * Reads documents on this thread and on another. Of those that are asked for at once this one reads the smallest: it
 * goes on with what it has read, and the sooner it is through, the sooner the other one has something else to do.
 * While it reads, the other one is asked for all.
 */
export function readTogether(here: Load, there: Load): Load {
  let isReading = false;
  let asked: Asked[] = [];
  const share = async (): Promise<void> => {
    // All that are asked for at once, and the other thread has begun with its own.
    await everythingElse();
    const bySize = asked.toSorted((one, other) => sizeOf(one.input) - sizeOf(other.input));
    asked = [];
    const smallest = isReading ? undefined : bySize.shift();
    for (const { input, settle } of bySize) settle(there(input));
    if (smallest === undefined) return;
    isReading = true;
    try {
      const loaded = here(smallest.input);
      smallest.settle(loaded);
      await loaded;
    } catch {
      // Whoever asked for it is told.
    } finally {
      isReading = false;
    }
  };
  return (input) =>
    new Promise((settle) => {
      asked.push({ input, settle });
      if (asked.length === 1) void share();
    });
}

interface Asked {
  readonly input: DocumentInput;
  readonly settle: (loaded: ReturnType<Load>) => void;
}

/** In bytes; that of a document which is no file counts as larger than any. */
function sizeOf({ file }: DocumentInput): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? Number.MAX_SAFE_INTEGER;
}
