import {
  ClientError,
  Mastodon,
  streamingUrl,
  type NotificationModel,
} from "../../generated/mastodon/index.js";

const mastodon = new Mastodon({
  baseUrl: setting("MASTODON_URL"),
  auth: { OAuth2: setting("MASTODON_TOKEN") },
});

const interrupt = new AbortController();
process.once("SIGINT", () => {
  interrupt.abort();
});
const { signal } = interrupt;

// Mentions from before the start stay unanswered.
const [newest] = await mastodon.notifications.getNotifications({ limit: 1 });
let last = newest?.id ?? "0";

try {
  // Large instances stream from a host of their own.
  const baseUrl = streamingUrl(await mastodon.instance.getInstanceV2());
  const stream = await mastodon.streaming.getStreamingUserNotification({ baseUrl, signal });
  console.log("Listening. Ctrl+C ends.");
  for await (const { event, data } of stream.events({ reconnect: { onReconnected: catchUp } })) {
    if (event === "notification") await answer(data);
  }
} catch (error) {
  if (!signal.aborted) throw error;
}

/** The stream does not bring what came while the connection was lost. */
function catchUp(): void {
  console.log("Connected again.");
  answerSince(last).catch(report);
}

async function answerSince(min_id: string): Promise<void> {
  const missed = mastodon.notifications.getNotifications(
    { types: ["mention"], min_id },
    { signal },
  );
  for await (const { items } of missed.pages({ direction: "prev" })) {
    for (const notification of [...items].reverse()) await answer(notification);
  }
}

async function answer({ id, type, account, status }: NotificationModel): Promise<void> {
  // What was missed comes after what is new.
  if (BigInt(id) > BigInt(last)) last = id;
  // Two bots that answer each other would never stop.
  if (type !== "mention" || !status || account.bot) return;
  const body = {
    status: `@${account.acct} It is ${new Date().toISOString().slice(11, 16)} UTC.`,
    in_reply_to_id: status.id,
    // As private as the question, and not in public timelines.
    visibility: status.visibility === "public" ? "unlisted" : status.visibility,
  } as const;
  try {
    // Whichever way a mention comes twice, the instance publishes one answer.
    await mastodon.statuses.createStatus({ body, "Idempotency-Key": `mention-${id}` }, { signal });
    console.log(`Answered ${id}.`);
  } catch (error) {
    report(error);
  }
}

/** One answer that fails, as when the question was deleted, is no reason to stop. */
function report(error: unknown): void {
  if (signal.aborted) return;
  if (!(error instanceof ClientError)) throw error;
  console.error(error.message);
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`Set the environment variable ${name}.`);
  return value;
}
