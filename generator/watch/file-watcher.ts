import { stat } from "node:fs/promises";
import path from "node:path";
import type { FSWatcher } from "chokidar";

/** Tells when files change. */
export interface FileWatcher {
  /**
   * Watches these files too, those that are not there included.
   *
   * @param files absolute paths
   * @param since milliseconds since 1970: a file that is watched from now on, and that was written later, has changed
   */
  readonly follow: (files: readonly string[], since: number) => Promise<void>;
  /** The files that have changed since it was asked last, once nothing happens any more; `undefined` when it is closed. */
  readonly changed: () => Promise<ReadonlySet<string> | undefined>;
  readonly close: () => Promise<void>;
}

/** How files are watched. */
export interface WatchOptions {
  /** For how long nothing may happen before changes are told, in milliseconds. Default: 50. */
  readonly quiet?: number;
  /** Whether to look at the files again and again, where a file system tells nothing. Default: no. */
  readonly usePolling?: boolean;
  /** How often it looks then, in milliseconds. Default: 300. */
  readonly interval?: number;
}

/**
 * Watches files one by one. Their folders are watched with them, because many editors write a new file and give it the
 * name of the old one; nothing else in those folders is looked at.
 */
export async function openFileWatcher({
  quiet = 50,
  usePolling = false,
  interval = 300,
}: WatchOptions = {}): Promise<FileWatcher> {
  const followed = new Set<string>();
  const folders = new Set<string>();
  /** Files that are there, but not watched yet, and since when a change of them counts. */
  const starting = new Map<string, number>();
  const gathered = gatherChanges(quiet);
  const { watch } = await import("chokidar");
  const onEvent = (event: string, name: string): void => {
    const file = path.resolve(name);
    const since = starting.get(file);
    starting.delete(file);
    if (!followed.has(file)) return;
    if (event !== "add" || since === undefined) gathered.add(file);
    // From here on it is watched: what changed before, its times tell.
    else
      void isChangedAfter(file, since).then((isChanged) => {
        if (isChanged) gathered.add(file);
      });
  };
  const open = (isPolling: boolean): FSWatcher =>
    watch([...folders, ...followed], {
      ignored: (file) => !followed.has(path.resolve(file)) && !folders.has(path.resolve(file)),
      usePolling: isPolling,
      interval,
    })
      .on("all", onEvent)
      .on("error", () => void lookInstead());
  let watcher = open(usePolling);
  let isPolling = usePolling;
  /** Where the system has no more watches to give (ENOSPC, EMFILE), looking at the files does without. */
  const lookInstead = async (): Promise<void> => {
    if (isPolling) return;
    isPolling = true;
    for (const file of followed) starting.set(file, Date.now());
    const before = watcher;
    watcher = open(true);
    await before.close();
  };
  return {
    follow: async (files, since) => {
      const added = files.filter((file) => !followed.has(file));
      for (const file of added) {
        if (await isThere(file)) starting.set(file, since);
        for (const folder of await foldersTo(file)) folders.add(folder);
        followed.add(file);
      }
      if (added.length > 0) watcher.add([...folders, ...added]);
    },
    changed: gathered.next,
    close: async () => {
      gathered.close();
      await watcher.close();
    },
  };
}

/** The folder of a file, and where that is not there, those around it up to one that is. */
async function foldersTo(file: string): Promise<readonly string[]> {
  const folder = path.dirname(file);
  if (folder === file) return [];
  return (await isThere(folder)) ? [folder] : [folder, ...(await foldersTo(folder))];
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

/** Whether a file was written, or came from elsewhere, after a time. */
async function isChangedAfter(file: string, since: number): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found === undefined || Math.max(found.mtimeMs, found.ctimeMs) > since;
}

/** Changes that are gathered until nothing happens for a moment. */
interface Gathered {
  readonly add: (file: string) => void;
  readonly next: () => Promise<ReadonlySet<string> | undefined>;
  readonly close: () => void;
}

function gatherChanges(quiet: number): Gathered {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let tell: ((changed: ReadonlySet<string> | undefined) => void) | undefined;
  let isClosed = false;
  const settle = (): void => {
    if (tell === undefined || timer !== undefined || (changed.size === 0 && !isClosed)) return;
    tell(isClosed ? undefined : changed);
    tell = undefined;
    changed = new Set();
  };
  const clear = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    add: (file) => {
      changed.add(file);
      clear();
      timer = setTimeout(() => {
        clear();
        settle();
      }, quiet);
    },
    next: () =>
      new Promise((resolve) => {
        tell = resolve;
        settle();
      }),
    close: () => {
      isClosed = true;
      clear();
      settle();
    },
  };
}
