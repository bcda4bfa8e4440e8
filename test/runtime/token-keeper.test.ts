import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Operation } from "../../templates/runtime/errors.js";
import { SessionExpiredError } from "../../templates/runtime/session-errors.js";
import { TokenKeeper, type TokenKeeperOptions } from "../../templates/runtime/token-keeper.js";
import {
  webStorage,
  type Lock,
  type TokenSet,
  type TokenStorage,
} from "../../templates/runtime/token-storage.js";
import { failureOf } from "./support/api.js";

const OPERATION: Operation = { service: "S", operationId: "renew", method: "POST", path: "/t" };

/** A service whose refresh tokens are good once: `t1` is renewed to `t2`, and so on. */
class Rotation {
  renewals = 0;
  /** What the next renewal does in the place of answering. */
  fault: (() => Promise<never>) | undefined;
  /** What happens while an answer is on its way. */
  onTheWay: () => unknown = () => undefined;
  #last = 1;

  readonly renew = async (old: TokenSet): Promise<TokenSet> => {
    this.renewals += 1;
    if (this.fault !== undefined) return await this.fault();
    const isGood = old.refresh_token === `r${this.#last}`;
    if (isGood) this.#last += 1;
    const answer = tokensNumber(this.#last);
    await Promise.resolve();
    await this.onTheWay();
    if (!isGood) throw new SessionExpiredError(OPERATION);
    return answer;
  };
}

function tokensNumber(number: number): TokenSet {
  return {
    access_token: `t${number}`,
    refresh_token: `r${number}`,
    expires_in: 3_600,
    expires_at: Date.now() + 3_600_000,
  };
}

/** The place behind several storages: what a browser keeps for all tabs. */
class Place {
  text: string | null = null;
  readonly getItem = (): string | null => this.text;
  readonly setItem = (_key: string, value: string): void => {
    this.text = value;
  };
  readonly removeItem = (): void => {
    this.text = null;
  };

  get tokens(): TokenSet | null {
    return JSON.parse(this.text ?? "null") as TokenSet | null;
  }
}

/** What `navigator.locks` does: one after the other. */
function sharedLock(): Lock {
  let last: Promise<unknown> = Promise.resolve();
  return async (run) => {
    const own = last.then(run);
    last = own.catch(() => undefined);
    return await own;
  };
}

function storageOf(place: Place, lock?: Lock): TokenStorage {
  return { ...webStorage(place, "key"), lock };
}

function keeperOf(service: Rotation, options?: TokenKeeperOptions): TokenKeeper {
  return new TokenKeeper({ operation: OPERATION, renew: service.renew }, options);
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 0, 1), toFake: ["Date", "setTimeout", "clearTimeout"] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("when a token is renewed", () => {
  it.each<{ life: number; skew?: number; good: number; due: number }>([
    { life: 86_400, good: 86_339, due: 86_340 },
    { life: 3_600, good: 3_539, due: 3_540 },
    // Of a short life a quarter is left.
    { life: 120, good: 89, due: 90 },
    { life: 4, good: 2, due: 3 },
    { life: 3_600, skew: 0, good: 3_599, due: 3_600 },
    { life: 3_600, skew: 300_000, good: 3_299, due: 3_300 },
    { life: 100, skew: 90_000, good: 74, due: 75 },
    { life: 0, good: -1, due: 0 },
  ])("$life s, skew $skew: after $due s, not after $good s", async ({ life, skew, good, due }) => {
    const service = new Rotation();
    const keeper = keeperOf(service, { skew });
    const start = Date.now();
    await keeper.start({
      ...tokensNumber(1),
      expires_in: life,
      expires_at: start + life * 1_000,
    });
    vi.setSystemTime(start + good * 1_000);
    expect(await keeper.accessToken()).toBe("t1");
    vi.setSystemTime(start + due * 1_000);
    expect(await keeper.accessToken()).toBe("t2");
    expect(service.renewals).toBe(1);
  });

  it("a token without an end is kept until it is rejected", async () => {
    const keeper = keeperOf(new Rotation());
    await keeper.start({ access_token: "t1", refresh_token: "r1" });
    vi.setSystemTime(Date.UTC(2036, 0, 1));
    expect(await keeper.accessToken()).toBe("t1");
    expect(await keeper.accessToken({ rejected: "t1" })).toBe("t2");
  });

  it("a rejected token that was renewed meanwhile is not renewed again", async () => {
    const service = new Rotation();
    const keeper = keeperOf(service);
    await keeper.start(tokensNumber(1));
    expect(await keeper.accessToken({ rejected: "t1" })).toBe("t2");
    expect(await keeper.accessToken({ rejected: "t1" })).toBe("t2");
    expect(await keeper.accessToken({ rejected: "t0" })).toBe("t2");
    expect(service.renewals).toBe(1);
  });

  it("without tokens there is nothing to renew, and nothing is asked", async () => {
    const service = new Rotation();
    const keeper = keeperOf(service);
    expect(await keeper.accessToken()).toBeUndefined();
    expect(await keeper.accessToken({ rejected: "t0" })).toBeUndefined();
    expect(service.renewals).toBe(0);
  });

  it("renewing ahead of time may fail for as long as the token is good", async () => {
    const service = new Rotation();
    const keeper = keeperOf(service);
    await keeper.start(tokensNumber(1));
    service.fault = () => Promise.reject(new Error("no network"));
    vi.advanceTimersByTime(3_590_000);
    expect(await keeper.accessToken()).toBe("t1");
    expect(await failureOf(keeper.accessToken({ rejected: "t1" }))).toMatchObject({
      message: "no network",
    });
    vi.advanceTimersByTime(10_000);
    expect(await failureOf(keeper.accessToken())).toMatchObject({ message: "no network" });
    service.fault = undefined;
    expect(await keeper.accessToken()).toBe("t2");
  });

  it("renewing ahead of time may take for ever: five seconds are waited for it, once", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout", "performance"] });
    // The tab that has the lock is frozen.
    const lock: Lock = () => new Promise(() => undefined);
    const place = new Place();
    place.text = JSON.stringify({ ...tokensNumber(1), expires_at: Date.now() + 30_000 });
    const keeper = keeperOf(new Rotation(), { storage: storageOf(place, lock) });
    const got: unknown[] = [];
    const ask = async (rejected?: string): Promise<void> => {
      got.push(await keeper.accessToken({ rejected }));
    };
    void ask();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(got).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(got).toEqual(["t1"]);
    void ask();
    await vi.advanceTimersByTimeAsync(0);
    expect(got).toEqual(["t1", "t1"]);
    expect(vi.getTimerCount()).toBe(0);
    void ask("t1");
    await vi.advanceTimersByTimeAsync(25_000);
    void ask();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(got).toHaveLength(2);
  });

  it("what has nothing to renew it with is used to its end, and then over", async () => {
    const ended = vi.fn();
    const renew = (): Promise<undefined> => Promise.resolve(undefined);
    const keeper = new TokenKeeper({ operation: OPERATION, renew }, { onExpired: ended });
    await keeper.start(tokensNumber(1));
    vi.advanceTimersByTime(3_590_000);
    expect(await keeper.accessToken()).toBe("t1");
    expect(await keeper.accessToken({ rejected: "t1" })).toBe("t1");
    vi.advanceTimersByTime(10_000);
    expect(await failureOf(keeper.accessToken())).toBeInstanceOf(SessionExpiredError);
    expect(await keeper.tokens()).toBeUndefined();
    expect(ended).toHaveBeenCalledTimes(1);
  });
});

describe("many at once", () => {
  it("share one renewal, and its failure", async () => {
    const service = new Rotation();
    const keeper = keeperOf(service);
    await keeper.start(tokensNumber(1));
    const ask = (): Promise<unknown[]> =>
      Promise.all(
        Array.from({ length: 50 }, () => keeper.accessToken({ rejected: "t1" }).catch(String)),
      );
    service.fault = () => Promise.reject(new Error("no network"));
    expect(new Set(await ask())).toEqual(new Set(["Error: no network"]));
    expect(service.renewals).toBe(1);
    service.fault = undefined;
    expect(new Set(await ask())).toEqual(new Set(["t2"]));
    expect(service.renewals).toBe(2);
  });

  it("one that is aborted leaves alone, and takes nobody's renewal away", async () => {
    const service = new Rotation();
    const keeper = keeperOf(service);
    await keeper.start(tokensNumber(1));
    const controller = new AbortController();
    let answer: (() => void) | undefined;
    service.onTheWay = () => new Promise<void>((resolve) => (answer = resolve));
    const impatient = failureOf(keeper.accessToken({ rejected: "t1", signal: controller.signal }));
    const patient = keeper.accessToken({ rejected: "t1", signal: new AbortController().signal });
    await vi.waitFor(() => {
      expect(answer).toBeDefined();
    });
    const reason = new Error("enough");
    controller.abort(reason);
    expect(await impatient).toBe(reason);
    answer?.();
    expect(await patient).toBe("t2");
    expect(service.renewals).toBe(1);
  });

  it("a logout waits for the renewal, whose tokens do not come back", async () => {
    const service = new Rotation();
    const place = new Place();
    const keeper = keeperOf(service, { storage: storageOf(place, sharedLock()) });
    await keeper.start(tokensNumber(1));
    const revoked: string[] = [];
    let answer: (() => void) | undefined;
    service.onTheWay = () => new Promise<void>((resolve) => (answer = resolve));
    const renewal = keeper.accessToken({ rejected: "t1" });
    await vi.waitFor(() => {
      expect(answer).toBeDefined();
    });
    const end = keeper.end(({ access_token }) => Promise.resolve(revoked.push(access_token)));
    await vi.advanceTimersByTimeAsync(10);
    answer?.();
    await Promise.all([renewal, end]);
    expect(revoked).toEqual(["t2"]);
    expect(place.text).toBeNull();
    expect(await keeper.accessToken()).toBeUndefined();
  });
});

describe("two tabs with one storage, and a service whose refresh tokens are good once", () => {
  it.each<{ how: string; lock: Lock | undefined }>([
    { how: "with a lock", lock: sharedLock() },
    { how: "without a lock", lock: undefined },
  ])("$how, both stay logged in", async ({ lock }) => {
    const service = new Rotation();
    const place = new Place();
    const ended = vi.fn();
    const tabs = [1, 2, 3].map(() =>
      keeperOf(service, { storage: storageOf(place, lock), onExpired: ended }),
    );
    await tabs[0]?.start(tokensNumber(1));
    // The first answer takes longer than the refusal of the others.
    let isFirst = true;
    service.onTheWay = () => {
      const delay = isFirst ? 200 : 0;
      isFirst = false;
      return new Promise((resolve) => setTimeout(resolve, delay));
    };
    const all = Promise.all(tabs.map((tab) => tab.accessToken({ rejected: "t1" })));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await all).toEqual(["t2", "t2", "t2"]);
    expect(place.tokens).toMatchObject({ access_token: "t2", refresh_token: "r2" });
    expect(ended).not.toHaveBeenCalled();
    expect(service.renewals).toBe(lock === undefined ? 3 : 1);
  });

  it("in one process need no lock if they share the storage object", async () => {
    const service = new Rotation();
    const storage = storageOf(new Place());
    const tabs = [1, 2].map(() => keeperOf(service, { storage }));
    await tabs[0]?.start(tokensNumber(1));
    const all = Promise.all(tabs.map((tab) => tab.accessToken({ rejected: "t1" })));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await all).toEqual(["t2", "t2"]);
    expect(service.renewals).toBe(1);
  });

  it("end together, once, when the service refuses", async () => {
    const service = new Rotation();
    const place = new Place();
    const lock = sharedLock();
    const ended = vi.fn();
    const tabs = [1, 2].map(() =>
      keeperOf(service, { storage: storageOf(place, lock), onExpired: ended }),
    );
    await tabs[0]?.start({ ...tokensNumber(1), refresh_token: "stolen" });
    const all = await Promise.allSettled(tabs.map((tab) => tab.accessToken({ rejected: "t1" })));
    expect(all[0]).toMatchObject({ status: "rejected", reason: { name: "SessionExpiredError" } });
    expect(all[1]).toEqual({ status: "fulfilled", value: undefined });
    expect(ended).toHaveBeenCalledTimes(1);
    expect(place.text).toBeNull();
  });

  it("one that is refused after the other's logout has not ended the session", async () => {
    const service = new Rotation();
    const place = new Place();
    const ended = vi.fn();
    const [slow, other] = [1, 2].map(() =>
      keeperOf(service, { storage: storageOf(place), onExpired: ended }),
    ) as [TokenKeeper, TokenKeeper];
    await slow.start({ ...tokensNumber(1), refresh_token: "revoked" });
    service.onTheWay = () => other.end(() => Promise.resolve());
    expect(await failureOf(slow.accessToken({ rejected: "t1" }))).toBeInstanceOf(
      SessionExpiredError,
    );
    expect(ended).not.toHaveBeenCalled();
  });

  it("newer tokens are never overwritten with those of a renewal that took longer", async () => {
    const service = new Rotation();
    const place = new Place();
    const slow = keeperOf(service, { storage: storageOf(place) });
    const other = keeperOf(service, { storage: storageOf(place) });
    await slow.start(tokensNumber(1));
    service.onTheWay = () => other.start({ ...tokensNumber(7), access_token: "login" });
    expect(await slow.accessToken({ rejected: "t1" })).toBe("login");
    expect(place.tokens?.access_token).toBe("login");
    service.onTheWay = () => other.end(() => Promise.resolve());
    await slow.start(tokensNumber(2));
    expect(await slow.accessToken({ rejected: "t2" })).toBeUndefined();
    expect(place.text).toBeNull();
  });

  it("a login or logout of one is one of the other", async () => {
    const place = new Place();
    const [one, other] = [1, 2].map(() =>
      keeperOf(new Rotation(), { storage: storageOf(place) }),
    ) as [TokenKeeper, TokenKeeper];
    await one.start(tokensNumber(1));
    expect(await other.accessToken()).toBe("t1");
    await other.end(() => Promise.resolve());
    expect(await one.accessToken()).toBeUndefined();
  });
});

describe("a storage", () => {
  it("that does not save is told of, and the new tokens are used all the same", async () => {
    const service = new Rotation();
    const place = new Place();
    let isFull = false;
    const storage: TokenStorage = {
      ...storageOf(place),
      save: (tokens) => {
        if (isFull) throw new Error("no space left");
        place.text = tokens === undefined ? null : JSON.stringify(tokens);
      },
    };
    const keeper = keeperOf(service, { storage });
    await keeper.start(tokensNumber(1));
    isFull = true;
    expect(await failureOf(keeper.accessToken({ rejected: "t1" }))).toMatchObject({
      message: "no space left",
    });
    expect(await keeper.accessToken({ rejected: "t1" })).toBe("t2");
    isFull = false;
    expect(await keeper.accessToken({ rejected: "t2" })).toBe("t3");
    expect(place.tokens?.access_token).toBe("t3");
    expect(service.renewals).toBe(2);
  });

  it("that cannot be read is told of", async () => {
    const storage = {
      load: () => Promise.reject(new Error("no such disk")),
      save: () => undefined,
    };
    const keeper = keeperOf(new Rotation(), { storage });
    expect(await failureOf(keeper.accessToken())).toMatchObject({ message: "no such disk" });
  });

  it.each(["", "{", "null", "[]", "1", '"t"', "{}", '{"access_token":1}', '{"access_token":""}'])(
    "that holds %s has no tokens",
    async (text) => {
      const place = new Place();
      place.text = text;
      const keeper = keeperOf(new Rotation(), { storage: storageOf(place) });
      expect(await keeper.accessToken()).toBeUndefined();
      await keeper.start(tokensNumber(1));
      expect(await keeper.accessToken()).toBe("t1");
    },
  );

  it("of the web takes the platform's lock, by the key, where there is one", async () => {
    const names: string[] = [];
    const request = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
      names.push(name);
      return await run();
    };
    vi.stubGlobal("navigator", { locks: { request } });
    try {
      const keeper = keeperOf(new Rotation(), { storage: webStorage(new Place(), "peertube") });
      await keeper.start(tokensNumber(1));
      expect(await keeper.accessToken({ rejected: "t1" })).toBe("t2");
      expect(names).toEqual(["peertube", "peertube"]);
      vi.stubGlobal("navigator", undefined);
      expect(webStorage(new Place(), "peertube").lock).toBeUndefined();
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
