/** An error as `node:fs` throws it, such as `ENOENT`, for readers of files that are on no disk. */
export function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}
