import type { CallOptions } from "./options.js";

/** What {@link startingAt} adds to the options of a call. */
export interface PageStart {
  /** Which page the list begins with; `undefined`: the one that its parameters say. */
  readonly cursor?: string | undefined;
}

/**
 * Options with which a list begins at another page than its parameters say: at one that a page before told in its
 * `cursors`, in this program or in another one. The parameters have to be those of that page. A call that is no list
 * takes no notice.
 *
 * @param cursor - the cursor; without one, the list begins where its parameters say.
 */
export function startingAt<Options extends CallOptions = CallOptions>(
  cursor: string | null | undefined,
  options?: Options,
): Options {
  const start: PageStart = { cursor: cursor ?? undefined };
  return { ...options, ...start } as Options & PageStart;
}
