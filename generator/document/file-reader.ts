import type { ReadBytes } from "./read-file.js";

/** What loading needs of a file system. The first two functions fail as `node:fs` does, with a `code`. */
export interface FileReader {
  readonly readBytes: ReadBytes;
  /** The absolute path of a file with all symbolic links resolved. */
  readonly realPath: (file: string) => Promise<string>;
  /** What findings call a file, by its absolute path. Default: its path as `displayPath` shows it. */
  readonly nameOf?: (file: string) => string;
  /** Whether a program has given all the files there are, so that no configuration can allow more. Default: no. */
  readonly isComplete?: boolean;
}
