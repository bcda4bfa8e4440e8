import type * as z from "zod/mini";
import type * as mastodon from "./mastodon/index.js";
import type * as mastodonZod from "./mastodon/zod.js";
import type * as peertube from "./peertube/index.js";
import type * as peertubeZod from "./peertube/zod.js";
import type * as sftpgo from "./sftpgo/index.js";
import type * as sftpgoZod from "./sftpgo/zod.js";

/* What a validator lets through is of the type of the same name, and the other way round. */

type Same<A, B> = [A, B] extends [B, A] ? true : false;

export const statuses: Same<mastodon.Status, z.output<typeof mastodonZod.Status>> = true;
export const videos: Same<peertube.VideoDetails, z.output<typeof peertubeZod.VideoDetails>> = true;
export const users: Same<sftpgo.User, z.output<typeof sftpgoZod.User>> = true;

// @ts-expect-error A validator of videos gives no account.
export const account: peertube.Account = undefined as unknown as z.output<
  typeof peertubeZod.VideoDetails
>;
