import { AROUND_CALLS } from "./around-calls.js";
import { stageOf, type Origins } from "./case.js";
import { traitsOf, type PlatformName } from "./differences.js";
import { ABORTS, ERRORS } from "./errors.js";
import { EVENTS } from "./events.js";
import { FILES } from "./files.js";
import { LISTS } from "./lists.js";
import { LOG_IN } from "./log-in.js";
import { REDIRECTS, RETRIES } from "./retries.js";
import { SESSIONS } from "./sessions.js";
import { TRANSFERS } from "./transfers.js";
import { WIRE_FORMAT } from "./wire-format.js";

/** Everything that must work on every platform. */
export const SUITE = Object.entries({
  ...LOG_IN,
  ...SESSIONS,
  ...LISTS,
  ...FILES,
  ...TRANSFERS,
  ...EVENTS,
  ...ERRORS,
  ...RETRIES,
  ...ABORTS,
  ...REDIRECTS,
  ...WIRE_FORMAT,
  ...AROUND_CALLS,
});

/** What is needed to run the suite; passed to the platform as JSON. */
export interface SuiteOptions {
  readonly platform: PlatformName;
  readonly origins: Origins;
}

/** How a case ended. */
export interface CaseResult {
  readonly name: string;
  /** What went wrong; undefined if nothing did. */
  readonly error?: string | undefined;
}

/** How long a case may take, in milliseconds. */
const CASE_TIMEOUT = 20_000;

/** Runs all cases, one after the other, with nothing but what every platform has. */
export async function runSuite({ platform, origins }: SuiteOptions): Promise<CaseResult[]> {
  const unhandled = unhandledRejections();
  const results: CaseResult[] = [];
  for (const [index, [name, run]] of SUITE.entries()) {
    const stage = stageOf(origins, `${slug(platform)}-${index}`, traitsOf(platform));
    const error = await failureOf(limited(run(stage)));
    results.push({ name, error });
  }
  const [first] = unhandled.values();
  results.push({ name: "leaves no rejection unhandled", error: first });
  return results;
}

/**
 * Collects the rejections that nobody handles. Node.js and Deno have no such event and end by
 * themselves. workerd sees one in each read of a body that is aborted, and takes it back at once
 * (cloudflare/workerd issue 501).
 */
function unhandledRejections(): ReadonlyMap<Promise<unknown>, string> {
  const found = new Map<Promise<unknown>, string>();
  const { addEventListener } = globalThis as Partial<EventTarget>;
  addEventListener?.call(globalThis, "unhandledrejection", (event) => {
    const rejection = event as PromiseRejectionEvent;
    found.set(rejection.promise, String(rejection.reason));
  });
  addEventListener?.call(globalThis, "rejectionhandled", (event) => {
    found.delete((event as PromiseRejectionEvent).promise);
  });
  return found;
}

async function failureOf(work: Promise<void>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? String(error)) : String(error);
  }
}

async function limited(work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`did not end within ${CASE_TIMEOUT} ms`));
    }, CASE_TIMEOUT);
  });
  await Promise.race([work, end]).finally(() => {
    clearTimeout(timer);
  });
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
