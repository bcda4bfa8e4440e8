import { wait } from "./deadline.js";
import { ClientError, ConnectionError, TimeoutError, type Operation } from "./errors.js";
import { OAuth2Error } from "./oauth2-error.js";
import type { OAuth2Session } from "./oauth2.js";

/** What is shown to the person who is to log in on another device (RFC 8628, section 3.2). */
export interface DeviceCode {
  /** What is entered there. */
  readonly user_code: string;
  /** Where: an http(s) URL, short enough to be typed. */
  readonly verification_uri: string;
  /** The same with the code in it, for a link or a QR code, if the server has that. */
  readonly verification_uri_complete: string | undefined;
  /** When the code is of no use any more, in milliseconds since 1970. */
  readonly expires_at: number;
}

/** How somebody logs in on another device. */
export interface DeviceLoginOptions {
  /** Shows the code; called once, and not waited for. */
  readonly onCode: (code: DeviceCode) => void;
  /** In the place of the session's `scope`. */
  readonly scope?: string | undefined;
  /** Ends the waiting, which rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How long to wait between two questions where the server does not say, in seconds (RFC 8628, section 3.2). */
const INTERVAL = 5;

/** How much longer after each `slow_down`, in seconds (section 3.5). */
const SLOWER = 5;

/** How long a code is taken to be of use where the server does not say, or for longer, in seconds: a day. */
const LONGEST = 86_400;

/**
 * Logs a user in by a code that is entered on another device (RFC 8628): for programs without a browser or a
 * keyboard. Asks the server, as often as it allows, until the user has decided. A break of the connection
 * is waited out.
 *
 * @throws {@link OAuth2Error} with `access_denied` if the user declined, `expired_token` if nobody
 *   entered the code in time; the reason of the signal.
 */
export async function deviceLogin(
  session: OAuth2Session,
  { onCode, scope, signal = new AbortController().signal }: DeviceLoginOptions,
): Promise<void> {
  await session.loginBy("deviceAuthorization", async (server) => {
    const answer = await server.begin({ scope: scope ?? server.scope }, signal);
    const { device_code, interval, code } = codeOf(answer, server.operation);
    onCode(code);
    for (let delay = interval; ;) {
      const left = code.expires_at - Date.now();
      await wait(Math.min(delay * 1_000, Math.max(0, left)), signal);
      if (left <= 0) throw new OAuth2Error(server.operation, "expired_token");
      try {
        return await server.token({ device_code }, signal);
      } catch (error) {
        delay = nextDelay(delay, error);
      }
    }
  });
}

/** How long to wait before the next question, in seconds; throws what ends the waiting. */
function nextDelay(delay: number, error: unknown): number {
  const code = error instanceof OAuth2Error ? error.error : undefined;
  if (code === "authorization_pending") return delay;
  if (code === "slow_down") return delay + SLOWER;
  // The server may be overloaded (RFC 8628, section 3.5).
  if (error instanceof ConnectionError || error instanceof TimeoutError) return delay * 2;
  throw error;
}

function codeOf(
  answer: unknown,
  operation: Operation,
): { readonly device_code: string; readonly interval: number; readonly code: DeviceCode } {
  const known = (answer ?? {}) as Record<string, unknown>;
  const { device_code, user_code, verification_uri, verification_uri_complete } = known;
  if (typeof device_code !== "string" || typeof user_code !== "string") {
    throw new ClientError(operation, "answered without a device code");
  }
  // People and programs open it.
  if (!isPage(verification_uri)) {
    throw new ClientError(operation, "answered without an http(s) URL to enter the code at");
  }
  const lifetime = Math.min(seconds(known["expires_in"], LONGEST), LONGEST);
  return {
    device_code,
    interval: Math.max(1, seconds(known["interval"], INTERVAL)),
    code: {
      user_code,
      verification_uri,
      verification_uri_complete: isPage(verification_uri_complete)
        ? verification_uri_complete
        : undefined,
      expires_at: Date.now() + lifetime * 1_000,
    },
  };
}

function seconds(value: unknown, preset: number): number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : preset;
}

function isPage(url: unknown): url is string {
  return typeof url === "string" && /^https?:\/\/[^\s]+$/i.test(url);
}
