import { fork } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { UsersApi } from "../../generated/sftpgo/index.js";
import { repository } from "../support/repository.js";

/*
 * Many calls at once, for long: nothing is left of them. Prints what it measured, and fails where that grows.
 */

const CALLS = 10_000;
const WARM_UP = 2_000;
const CONCURRENCY = 100;

/** How much the heap may be larger after the last call than after the warm-up, in bytes. */
const GROWTH = 1_000_000;
/** How long connections that nobody uses may stay open, in milliseconds. */
const IDLE = 15_000;

const server = fork(repository("test/load/server.ts"));
const [port] = (await once(server, "message")) as [number];
const handlesBefore = handles();

const controller = new AbortController();
const { signal } = controller;
const seen = { calls: 0, retries: 0, tokens: 0, listeners: 0 };
const users = new UsersApi({
  baseUrl: `http://127.0.0.1:${port}`,
  auth: {
    BearerAuth: () => {
      seen.tokens += 1;
      return Promise.resolve("token");
    },
  },
  retry: {
    limit: 10,
    onRetry: () => {
      seen.retries += 1;
    },
  },
});

const startedAt = performance.now();
await callUntil(WARM_UP);
const heapBefore = await heap();
await callUntil(CALLS);
const heapAfter = await heap();
const seconds = (performance.now() - startedAt) / 1_000;
const listenersAfter = getEventListeners(signal, "abort").length;
await untilIdle();
const handlesAfter = handles();
server.kill();

const growth = heapAfter - heapBefore;
process.stdout.write(
  [
    `${seen.calls} calls at concurrency ${CONCURRENCY} in ${seconds.toFixed(1)} s, ${seen.retries} of them repeated, ${seen.tokens} times asked for a token`,
    `heap: ${megabytes(heapBefore)} after ${WARM_UP} calls, ${megabytes(heapAfter)} after ${CALLS}: ${megabytes(growth)} more, ${megabytes(GROWTH)} allowed`,
    `handles: ${handlesBefore} before, ${handlesAfter} after`,
    `listeners of the shared signal: ${seen.listeners} at most, ${listenersAfter} after`,
    "",
  ].join("\n"),
);
const isFine =
  growth <= GROWTH &&
  handlesAfter <= handlesBefore &&
  seen.listeners <= 1 &&
  listenersAfter === 0 &&
  seen.retries > CALLS / 20;
if (!isFine) process.stderr.write("something is left of the calls\n");
process.exitCode = isFine ? 0 : 1;

/** Calls until there have been so many in all, always as many at once. */
async function callUntil(total: number): Promise<void> {
  const worker = async (): Promise<void> => {
    while (seen.calls < total) {
      seen.calls += 1;
      const isUpdate = seen.calls % 2 === 0;
      await (isUpdate
        ? users.updateUser({ username: "u", body: { username: "u", description: "d" } }, { signal })
        : users.getUserByUsername({ username: "u" }, { signal }));
      seen.listeners = Math.max(seen.listeners, getEventListeners(signal, "abort").length);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

/** How much is in use once everything that can be collected is. */
async function heap(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error("run it with node --expose-gc");
  // What is only registered for the collector lives a turn longer.
  for (let turn = 0; turn < 3; turn += 1) {
    await sleep(50);
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

/** How much keeps the process alive. */
function handles(): number {
  return process.getActiveResourcesInfo().length;
}

async function untilIdle(): Promise<void> {
  for (let waited = 0; waited < IDLE && handles() > handlesBefore; waited += 100) await sleep(100);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(2)} MB`;
}
