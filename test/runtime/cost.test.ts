import { afterEach, describe, expect, it, vi } from "vitest";
import { TestApi } from "./support/api.js";

/*
 * What a call costs, counted: these are what takes the time of one (`npm run bench calls`).
 */

const fetch = (): Promise<Response> =>
  Promise.resolve(new Response("{}", { headers: { "content-type": "application/json" } }));

const api = new TestApi({ baseUrl: "https://host.example", fetch });

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a call that is awaited at once", () => {
  it("starts one timer, and clears it", async () => {
    const started = vi.spyOn(globalThis, "setTimeout");
    const cleared = vi.spyOn(globalThis, "clearTimeout");
    await api.call();
    expect(started).toHaveBeenCalledTimes(1);
    expect(cleared).toHaveBeenCalledWith(started.mock.results[0]?.value);
  });

  it("starts no timer without a timeout", async () => {
    const started = vi.spyOn(globalThis, "setTimeout");
    await api.call({}, { timeout: 0 });
    expect(started).not.toHaveBeenCalled();
  });

  it("listens to no signal of its own", async () => {
    const listened = vi.spyOn(AbortSignal.prototype, "addEventListener");
    await api.call();
    expect(listened).not.toHaveBeenCalled();
  });

  it("listens once to the caller's signal", async () => {
    const { signal } = new AbortController();
    const listened = vi.spyOn(signal, "addEventListener");
    await api.call({}, { signal });
    expect(listened).toHaveBeenCalledTimes(1);
  });
});

it("a body that nobody waits for yet stops the time", async () => {
  const started = vi.spyOn(globalThis, "setTimeout");
  const cleared = vi.spyOn(globalThis, "clearTimeout");
  await api.call().asResponse();
  expect(started).toHaveBeenCalledTimes(1);
  expect(cleared).toHaveBeenCalledWith(started.mock.results[0]?.value);
});
