import { describe, expect, it } from "vitest";
import type { FileWatcher } from "../../generator/watch/file-watcher.js";
import { runOnChange } from "../../generator/watch/run-on-change.js";

/** A watcher whose changes are told by the test. */
function scripted(changes: readonly (readonly string[] | undefined)[]): {
  readonly watcher: FileWatcher;
  readonly followed: (readonly string[])[];
} {
  const followed: (readonly string[])[] = [];
  const left = [...changes];
  return {
    followed,
    watcher: {
      follow: (files) => {
        followed.push(files);
      },
      changed: () => {
        const next = left.shift();
        return Promise.resolve(next === undefined ? undefined : new Set(next));
      },
      close: () => Promise.resolve(),
    },
  };
}

describe("runs on changes", () => {
  it("come one after the other, with what changed, until the watcher is closed", async () => {
    const { watcher, followed } = scripted([["a"], ["b", "c"]]);
    const events: string[] = [];
    const runs = runOnChange(async (changed) => {
      events.push(`begin ${[...changed].join(" ")}`);
      await Promise.resolve();
      events.push("end");
      return { value: changed.size, files: [`of ${changed.size}`] };
    }, watcher);
    const values: number[] = [];
    for await (const value of runs) values.push(value);
    expect(values).toEqual([0, 1, 2]);
    expect(events).toEqual(["begin ", "end", "begin a", "end", "begin b c", "end"]);
    expect(followed).toEqual([["of 0"], ["of 1"], ["of 2"]]);
  });
});
