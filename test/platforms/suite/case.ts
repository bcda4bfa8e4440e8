import type { Trait } from "./differences.js";
import type { Fault, JournalEntry } from "./protocol.js";

/** Where the cases find their server: origins without a slash at the end. */
export interface Origins {
  readonly own: string;
  /** Another origin of the same server. */
  readonly other: string;
  /** An origin at which nobody listens. */
  readonly closed: string;
}

/** What a case has to work with. */
export interface Stage {
  /** The base URL for the clients of this case. */
  readonly baseUrl: string;
  /** The same on another origin. */
  readonly otherUrl: string;
  readonly closedUrl: string;
  /** Whether the platform is different in this. */
  has(trait: Trait): boolean;
  /** Lets things go wrong, in this order. */
  fail(...faults: readonly Fault[]): Promise<void>;
  /** Ends all access tokens; refresh tokens stay good. */
  expire(): Promise<void>;
  /** What came in so far, on both origins. */
  journal(): Promise<readonly JournalEntry[]>;
}

/** Things that must work everywhere, each under its name. */
export type Cases = Readonly<Record<string, (stage: Stage) => Promise<void>>>;

/**
 * Sets up what a case has to itself.
 *
 * @param key names the case: letters, digits and hyphens.
 */
export function stageOf(origins: Origins, key: string, traits: readonly Trait[]): Stage {
  const baseUrl = `${origins.own}/${key}`;
  const tell = async (path: string, body: unknown): Promise<void> => {
    const init = { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${baseUrl}${path}`, init);
    await response.body?.cancel();
  };
  return {
    baseUrl,
    otherUrl: `${origins.other}/${key}`,
    closedUrl: origins.closed,
    has: (trait) => traits.includes(trait),
    fail: (...faults) => tell("/-/faults", faults),
    expire: () => tell("/-/expire", {}),
    journal: async () => {
      const response = await fetch(`${baseUrl}/-/journal`);
      const { entries } = (await response.json()) as { entries: readonly JournalEntry[] };
      return entries;
    },
  };
}
