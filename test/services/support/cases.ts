import { expect, it } from "vitest";
import type { TestServer } from "../../runtime/support/server.js";
import { comparable } from "./answers.js";
import { play, type Seen } from "./script.js";

/** What all calls give, as far as these tests look at it. */
interface AnyPromise {
  then: PromiseLike<unknown>["then"];
  result(): Promise<AnyResult>;
}

type AnyResult =
  | { readonly ok: true; readonly status: number; readonly data: unknown }
  | {
      readonly ok: false;
      readonly status: number;
      readonly error: Error & { readonly body: unknown };
    };

/** A call, the request that it makes, and what it gives for an answer. */
export interface Case<Client> {
  readonly title: string;
  readonly call: (client: Client) => AnyPromise;
  readonly expect: Seen;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly answer?: unknown;
  /** What the call gives, or the body of the error; the answer, if it is not given. */
  readonly value?: unknown;
}

/** A test for each case: the plain form and `.result()` both send the request and give the value. */
export function testCases<Client>(
  server: TestServer,
  create: (baseUrl: string) => Client,
  cases: readonly Case<Client>[],
): void {
  it.each(cases)("$title", async (row) => {
    const { call, status = 200, answer } = row;
    const value = "value" in row ? row.value : answer;
    const isSuccess = status >= 200 && status < 300;
    const verify = play(server, [row, row]);
    const client = create(server.url);

    const result = await call(client).result();
    expect({ ok: result.ok, status: result.status }).toEqual({ ok: isSuccess, status });
    expect(await comparable(result.ok ? result.data : result.error.body)).toEqual(value);

    if (isSuccess) {
      expect(await comparable(await call(client))).toEqual(value);
    } else {
      const error = await call(client).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ name: "ApiError", status });
      expect(await comparable((error as { body: unknown }).body)).toEqual(value);
    }
    verify();
  });
}
