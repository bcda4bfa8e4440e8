/** What is told that a signal has aborted. */
export type Follower = () => void;

/** For each signal, what adds a follower or takes it away. */
const HUBS = new WeakMap<AbortSignal, (follower: Follower, isAdded: boolean) => void>();

/**
 * Ends what followed for bodies that are gone. Cloudflare Workers before 2025 have no weak references:
 * there the request's end has to do.
 */
const UNUSED =
  typeof FinalizationRegistry === "undefined"
    ? undefined
    : new FinalizationRegistry<() => void>((end) => {
        end();
      });

/**
 * Calls a follower when a signal aborts. The signal gets a single listener, however many calls it is
 * given to: platforms take more than a few for a leak. It is removed with the last follower.
 *
 * @param body - if given, the follower follows only for as long as the body is in use, which only the
 *   garbage collector knows; nothing here keeps either of them alive.
 * @returns what ends it.
 */
export function follow(signal: AbortSignal, follower: Follower, body?: object): () => void {
  const hub = HUBS.get(signal) ?? hubOf(signal);
  const isWeak = body !== undefined && UNUSED !== undefined;
  const link = isWeak ? linkOf(body, follower) : follower;
  const end = (): void => {
    hub(link, false);
  };
  hub(link, true);
  if (isWeak) UNUSED.register(body, end);
  return end;
}

function hubOf(signal: AbortSignal): (follower: Follower, isAdded: boolean) => void {
  const followers = new Set<Follower>();
  const tell = (): void => {
    for (const follower of followers) follower();
    followers.clear();
  };
  const hub = (follower: Follower, isAdded: boolean): void => {
    followers[isAdded ? "add" : "delete"](follower);
    // Adding a listener that is there already does nothing.
    if (followers.size > 0) signal.addEventListener("abort", tell, { once: true });
    else signal.removeEventListener("abort", tell);
  };
  HUBS.set(signal, hub);
  return hub;
}

/** A follower that holds on to another for the sake of a body, and to the body not at all. */
function linkOf(body: object, follower: Follower): Follower {
  const reference = new WeakRef(body);
  const followers = new WeakMap([[body, follower]]);
  return () => {
    followers.get(reference.deref() ?? followers)?.();
  };
}
