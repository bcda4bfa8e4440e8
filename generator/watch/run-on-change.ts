import type { FileWatcher } from "./file-watcher.js";

/** What a run gave, and which files it depends on. */
export interface WatchedRun<T> {
  readonly value: T;
  /** Absolute paths; those that are not there count, too. */
  readonly files: readonly string[];
}

/**
 * Runs something, and again whenever a file changes that it depends on: one run after the other, and one for all
 * changes that come while another one goes on. It ends when the watcher is closed.
 *
 * @param run is given the files that have changed; none at first
 */
export async function* runOnChange<T>(
  run: (changed: ReadonlySet<string>) => Promise<WatchedRun<T>>,
  watcher: FileWatcher,
): AsyncGenerator<T, void, void> {
  let changed: ReadonlySet<string> | undefined = new Set();
  while (changed !== undefined) {
    const since = Date.now();
    const { value, files } = await run(changed);
    watcher.follow(files, since);
    yield value;
    changed = await watcher.changed();
  }
}
