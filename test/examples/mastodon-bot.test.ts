import type { ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { send, useServer } from "../runtime/support/server.js";
import { runExample } from "./program.js";

const server = useServer();

it("answers mentions, once each, and after a lost connection those it has missed", async () => {
  const streams: ServerResponse[] = [];
  const answers: unknown[] = [];
  let missed: readonly object[] = [];
  server.answer(({ method, url, headers, body }, response) => {
    const { pathname, searchParams } = new URL(url, server.url);
    const json = (value: unknown): void => {
      send(response, 200, { "content-type": "application/json" }, JSON.stringify(value));
    };
    if (headers["authorization"] !== "Bearer token" && pathname !== "/api/v2/instance")
      send(response, 401, {});
    else if (pathname === "/api/v2/instance")
      json({ configuration: { urls: { streaming: server.url.replace("http", "ws") } } });
    else if (pathname === "/api/v1/notifications") {
      json(searchParams.get("min_id") === "11" ? missed : [mention("9")]);
      missed = [];
    } else if (pathname === "/api/v1/streaming/user/notification") {
      streams.push(response);
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("retry: 500\n\n:)\n");
    } else if (method === "POST") {
      const status = JSON.parse(body.toString()) as Record<string, unknown>;
      answers.push([headers["idempotency-key"], status["in_reply_to_id"], status["visibility"]]);
      expect(status["status"]).toMatch(/^@bea It is \d\d:\d\d UTC\.$/);
      json({ id: "1" });
    }
  });
  const { child, output, ended } = runExample("mastodon-bot/bot.ts", [], {
    MASTODON_URL: server.url,
    MASTODON_TOKEN: "token",
  });
  await expect.poll(() => streams.length, POLL).toBe(1);
  for (const each of [mention("10", { bot: true }), mention("11")]) tell(streams[0], each);
  await expect.poll(() => answers.length, POLL).toBe(1);

  missed = [mention("13", { visibility: "direct" }), mention("12")];
  streams[0]?.destroy();
  await expect.poll(() => answers.length, POLL).toBe(3);
  expect(answers).toEqual([
    ["mention-11", "s11", "unlisted"],
    ["mention-12", "s12", "unlisted"],
    ["mention-13", "s13", "direct"],
  ]);
  child.kill("SIGINT");
  expect([await ended, output()]).toEqual([
    0,
    [
      "Listening. Ctrl+C ends.",
      "Answered 11.",
      "Connected again.",
      "Answered 12.",
      "Answered 13.",
      "",
    ].join("\n"),
  ]);
});

const POLL = { timeout: 15_000 };

function tell(stream: ServerResponse | undefined, data: object): void {
  stream?.write(`event: notification\ndata: ${JSON.stringify(data)}\n\n`);
}

function mention(id: string, { bot = false, visibility = "public" } = {}): object {
  const status = { id: `s${id}`, visibility };
  return { id, type: "mention", account: { acct: "bea", bot }, status };
}
