import { spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { FLAGS } from "../platforms/chromium.js";

/** What Chromium tells when asked nothing, and the answers to what it was asked. */
export interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** One tab of a browser, driven by the Chrome DevTools Protocol. */
export interface Tab {
  /** Asks for something of the protocol, and gives its result. */
  readonly send: (
    method: string,
    params?: Readonly<Record<string, unknown>>,
  ) => Promise<Readonly<Record<string, unknown>>>;
  /** Everything that the tab has told so far. */
  readonly events: readonly Message[];
}

/**
 * Starts Chromium, gives a tab to `use`, and ends Chromium. It is talked to by pipes: no port is open, and no package
 * is needed.
 *
 * @param program the path of Chromium
 * @param profile a folder for it, which is made
 */
export async function withTab<T>(
  program: string,
  profile: string,
  use: (tab: Tab) => Promise<T>,
): Promise<T> {
  const args = [...FLAGS, "--remote-debugging-pipe", `--user-data-dir=${profile}`];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      resolve();
    });
  });
  const failed = new Promise<never>((_resolve, reject) => {
    child.once("error", reject);
    void ended.then(() => {
      reject(new Error("Chromium has ended"));
    });
  });
  failed.catch(() => undefined);
  const { ask, events } = conversation(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const work = async (): Promise<T> => {
    const { targetId } = await ask("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
    return use({ send: (method, params) => ask(method, params, String(sessionId)), events });
  };
  try {
    return await Promise.race([work(), failed]);
  } finally {
    child.kill();
    await ended;
  }
}

interface Conversation {
  readonly ask: (
    method: string,
    params?: Readonly<Record<string, unknown>>,
    sessionId?: string,
  ) => Promise<Readonly<Record<string, unknown>>>;
  readonly events: readonly Message[];
}

/** Messages are JSON, each with a zero byte at its end. */
function conversation(input: Writable, output: Readable): Conversation {
  const waiting = new Map<number, (message: Message) => void>();
  const events: Message[] = [];
  let rest = "";
  let last = 0;
  input.on("error", () => undefined);
  output.setEncoding("utf8").on("data", (chunk: string) => {
    const texts = (rest + chunk).split("\0");
    rest = texts.pop() ?? "";
    texts.map((text) => JSON.parse(text) as Message).forEach(take);
  });
  return { ask, events };

  function take(message: Message): void {
    if (message.id === undefined) events.push(message);
    else waiting.get(message.id)?.(message);
  }

  async function ask(
    method: string,
    params: Readonly<Record<string, unknown>> = {},
    sessionId?: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    last += 1;
    const id = last;
    const answer = new Promise<Message>((resolve) => waiting.set(id, resolve));
    input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const { result, error } = await answer;
    waiting.delete(id);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }
}
