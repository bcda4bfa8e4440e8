import { ClientError, type Operation } from "../runtime/errors.js";

/** What an instance tells of itself, as far as it is used: the answer of `getInstanceV2`. */
export interface StreamingInstance {
  readonly configuration: { readonly urls: { readonly streaming: string } };
}

/**
 * Where the streams of an instance are: the `baseUrl` for all methods of `StreamingApi`. Large instances
 * have another host for them; passing it on is what allows the token to be sent there:
 *
 * ```ts
 * const baseUrl = streamingUrl(await mastodon.instance.getInstanceV2());
 * const events = await mastodon.streaming.getStreamingUser({ baseUrl });
 * ```
 *
 * What the instance tells is the address of its WebSocket, `wss`; events are on that host under `https`.
 *
 * @throws a `ClientError` if it tells no such address.
 */
export function streamingUrl({ configuration }: StreamingInstance): URL {
  try {
    return new URL(configuration.urls.streaming.replace(/^ws(?=s?:)/i, "http"));
  } catch {
    // What was thrown quotes what the instance sent.
    throw new ClientError(GET_INSTANCE, "told no address of a streaming service: use `baseUrl`");
  }
}

const GET_INSTANCE: Operation = {
  service: "Mastodon",
  operationId: "getInstanceV2",
  method: "GET",
  path: "/api/v2/instance",
};
