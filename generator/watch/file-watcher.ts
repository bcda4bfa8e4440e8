import { statSync, type Stats } from "node:fs";
import path from "node:path";

/** Tells when files change. */
export interface FileWatcher {
  /**
   * Watches these files too, those that are not there included.
   *
   * @param files absolute paths
   * @param since milliseconds since 1970: a file that is watched from now on, and that was written later, has changed
   */
  readonly follow: (files: readonly string[], since: number) => void;
  /** The files that have changed since it was asked last, once nothing happens any more; `undefined` when it is closed. */
  readonly changed: () => Promise<ReadonlySet<string> | undefined>;
  readonly close: () => Promise<void>;
}

/** How files are watched. */
export interface WatchOptions {
  /** For how long nothing may happen before changes are told, in milliseconds. Default: 50. */
  readonly quiet?: number;
  /** Whether to do without what the file system tells, and only look at the files again and again. Default: no. */
  readonly usePolling?: boolean;
}

/** How often all files are looked at, in milliseconds: as a rule, and where nothing else tells of changes. */
const LOOK = { usually: 1000, only: 250 };

/**
 * Watches files one by one. Their folders are watched with them, because many editors write a new file and give it the
 * name of the old one; nothing else in those folders is looked at.
 *
 * What the file system tells is only a reason to look. It does not tell of what happens while watching begins, nothing on
 * some network drives, and nothing when there are no more watches to give: so all files are looked at now and then.
 */
export async function openFileWatcher({
  quiet = 50,
  usePolling = false,
}: WatchOptions = {}): Promise<FileWatcher> {
  const seen = new Map<string, FileState>();
  const gathered = gatherChanges(quiet);
  const look = (file: string): void => {
    const state = stateOf(file);
    if (isSame(state, seen.get(file))) return;
    seen.set(file, state);
    gathered.add(file);
  };
  const events = usePolling ? undefined : await watchFolders(seen, look);
  const timer = setInterval(
    () => {
      for (const file of seen.keys()) look(file);
    },
    usePolling ? LOOK.only : LOOK.usually,
  );
  return {
    follow: (files, since) => {
      const added = files.filter((file) => !seen.has(file));
      for (const file of added) {
        const state = stateOf(file);
        seen.set(file, state);
        if (state !== undefined && Math.max(state.mtimeMs, state.ctimeMs) > since)
          gathered.add(file);
      }
      events?.add(added);
    },
    changed: gathered.next,
    close: async () => {
      clearInterval(timer);
      gathered.close();
      await events?.close();
    },
  };
}

/** What tells a file from what it was: `undefined` where there is none. */
type FileState = Pick<Stats, "mtimeMs" | "ctimeMs" | "size" | "ino"> | undefined;

/** At once: of two looks at a file that overlap, the one that began first could end last, and tell what was. */
function stateOf(file: string): FileState {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function isSame(state: FileState, other: FileState): boolean {
  if (state === undefined || other === undefined) return state === other;
  return (["mtimeMs", "ctimeMs", "size", "ino"] as const).every((key) => state[key] === other[key]);
}

/** What the file system tells of files. */
interface FolderEvents {
  readonly add: (files: readonly string[]) => void;
  readonly close: () => Promise<void>;
}

/** @param followed the files that count */
async function watchFolders(
  followed: Pick<ReadonlyMap<string, unknown>, "has">,
  tell: (file: string) => void,
): Promise<FolderEvents> {
  const folders = new Set<string>();
  const { watch } = await import("chokidar");
  const watcher = watch([], {
    ignoreInitial: true,
    ignored: (file) => !followed.has(path.resolve(file)) && !folders.has(path.resolve(file)),
  })
    .on("all", (_event, name) => {
      const file = path.resolve(name);
      if (followed.has(file)) tell(file);
    })
    // No more watches to give (ENOSPC, EMFILE): the files are looked at all the same.
    .on("error", () => undefined);
  return {
    add: (files) => {
      for (const file of files) folders.add(path.dirname(file));
      watcher.add([...files.map((file) => path.dirname(file)), ...files]);
    },
    close: () => watcher.close(),
  };
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
