import {
  type Account,
  type CredentialAccount,
  type EventStream,
  isApiError,
  type LinkPagedPromise,
  type GetTimelineHomeResponses,
  type List,
  Mastodon,
  type MediaAttachment,
  type NotificationGroup,
  type ScheduledStatus,
  type Status,
  type Token,
  type UserStreamEvent,
  type StatusRefusal,
  uploadMedia,
  type ValidationError,
} from "../../generated/mastodon/index.js";
import { streamPart } from "../../generated/runtime/stream-part.js";
import { exactly, use } from "./equal.js";

const APP = { client_id: "i", client_secret: "s" };

export async function logIn({ oauth }: Mastodon): Promise<void> {
  const url = oauth.getOauthAuthorize({
    response_type: "code",
    client_id: "i",
    redirect_uri: "urn:ietf:wg:oauth:2.0:oob",
    code_challenge_method: "S256",
  });
  // The page is for a browser: there is no request to wait for.
  exactly<URL>()(url);
  // @ts-expect-error -- Mastodon knows only the code
  oauth.getOauthAuthorize({ response_type: "token", client_id: "i", redirect_uri: "r" });
  // @ts-expect-error -- where to send the user is required
  oauth.getOauthAuthorize({ response_type: "code", client_id: "i" });

  const token = await oauth.postOauthToken({
    body: { ...APP, grant_type: "authorization_code", code: "c", redirect_uri: "r" },
  });
  exactly<Token>()(token);
  await oauth.postOauthToken({ body: { ...APP, grant_type: "client_credentials", scope: "read" } });
  await oauth.postOauthToken({
    // @ts-expect-error -- this grant needs the code
    body: { ...APP, grant_type: "authorization_code", redirect_uri: "r" },
  });
  await oauth.postOauthToken({
    // @ts-expect-error -- an application has no code
    body: { ...APP, grant_type: "client_credentials", code: "c" },
  });
  await oauth.postOauthToken({
    // @ts-expect-error -- the field is called scope
    body: { ...APP, grant_type: "client_credentials", scopes: "read" },
  });
  // @ts-expect-error -- revoking without a token revokes nothing
  await oauth.postOauthRevoke({ body: APP });
  // @ts-expect-error -- nor is the body optional
  await oauth.postOauthRevoke({});
}

export async function statuses({ statuses: api }: Mastodon): Promise<void> {
  const status = await api.createStatus({ body: { status: "Hello" }, "Idempotency-Key": "k" });
  exactly<Status | ScheduledStatus>()(status);
  await api.createStatus({ body: { media_ids: ["1"] } });
  await api.createStatus({
    body: { status: "Which?", poll: { options: ["a", "b"], expires_in: 60 } },
  });
  // @ts-expect-error -- a status has text, media or a poll
  await api.createStatus({ body: { visibility: "public" } });
  // @ts-expect-error -- no such visibility
  await api.createStatus({ body: { status: "Hello", visibility: "hidden" } });
  // @ts-expect-error -- the key is text
  await api.createStatus({ body: { status: "Hello" }, "Idempotency-Key": {} });

  const result = await api.createStatus({ body: { status: "Hello" } }).result();
  if (!result.ok && result.status === 422) {
    exactly<StatusRefusal>()(result.error.body);
  }
}

export async function parameters({ accounts, lists }: Mastodon): Promise<void> {
  // The brackets of `id[]` belong to the wire.
  const list = await accounts.getAccounts({ id: ["1", "2"] });
  exactly<Account[]>()(list);
  await accounts.getAccounts();
  // @ts-expect-error -- the name on the wire is not the key
  await accounts.getAccounts({ "id[]": ["1"] });
  // @ts-expect-error -- ids are text: they are larger than numbers can be
  await accounts.getAccounts({ id: [1] });
  // A schema that is called like something of the language keeps its name.
  const all = await lists.getLists();
  exactly<List[]>()(all);
}

export async function bodies({ accounts, media }: Mastodon): Promise<void> {
  const me = await accounts.patchAccountsUpdateCredentials({ body: { display_name: "n" } });
  exactly<CredentialAccount>()(me);
  await accounts.patchAccountsUpdateCredentials({});
  const avatar = new File(["b"], "a.png");
  await accounts.patchAccountsUpdateCredentials({
    contentType: "multipart/form-data",
    body: { avatar },
  });
  // @ts-expect-error -- JSON carries no files
  await accounts.patchAccountsUpdateCredentials({ body: { avatar } });
  const attachment = await media.createMediaV2({ body: { file: new Blob([]), focus: "0,0" } });
  exactly<MediaAttachment>()(attachment);
  const stream = new ReadableStream<Uint8Array>();
  await media.createMediaV2({ body: { file: streamPart(stream, { name: "a.mp4" }) } });
  // @ts-expect-error -- a stream has no name
  await media.createMediaV2({ body: { file: stream } });
  exactly<MediaAttachment>()(await uploadMedia(media, { body: { file: new Blob([]) } }));
  // @ts-expect-error -- an upload needs a file
  await uploadMedia(media, { body: { description: "d" } });
  // @ts-expect-error -- an upload needs a file
  await media.createMediaV2({ body: { description: "d" } });
  // @ts-expect-error -- a path is no file
  await media.createMediaV2({ body: { file: "/tmp/a.png" } });
}

export async function lists({
  timelines,
  notifications,
  directory,
  search,
}: Mastodon): Promise<void> {
  const list = timelines.getTimelineHome({ limit: 40 });
  exactly<LinkPagedPromise<GetTimelineHomeResponses, Status>>()(list);
  exactly<Status[]>()(await list);
  for await (const status of list.items({ limit: 10, prefetch: true, direction: "prev" }))
    exactly<Status>()(status);
  for await (const page of list.pages()) {
    exactly<readonly Status[]>()(page.items);
    exactly<Status[]>()(page.data);
    exactly<number | undefined>()(page.total);
    exactly<Headers>()(page.headers);
    // @ts-expect-error -- a page is looked at, not changed
    page.hasNext = false;
  }
  for await (const group of notifications.getNotificationsV2().items())
    exactly<NotificationGroup>()(group);
  // @ts-expect-error -- there are two directions
  use(list.items({ direction: "up" }));
  // @ts-expect-error -- no such option
  use(list.items({ max: 10 }));
  // @ts-expect-error -- where offsets are counted, there is one direction
  use(directory.getDirectory().items({ direction: "prev" }));
  // @ts-expect-error -- no list, but an answer with several
  use(search.getSearchV2({ q: "q" }).items);
}

export async function streams({ streaming }: Mastodon): Promise<void> {
  const events = await streaming.getStreamingUser();
  exactly<EventStream<UserStreamEvent>>()(events);
  for await (const event of events) {
    exactly<string>()(event.id);
    if (event.event === "delete") exactly<string>()(event.data);
    if (event.event === "update") exactly<Status>()(event.data);
    if (event.event === "notification") exactly<string>()(event.data.account.username);
    // @ts-expect-error -- the data of only some events has that
    use(event.data.content);
    // @ts-expect-error -- no such event
    use(event.event === "poke");
  }
  for await (const event of events.events({ heartbeat: 60_000, reconnect: { limit: 3 } })) {
    exactly<UserStreamEvent["event"]>()(event.event);
  }
  // @ts-expect-error -- no such option
  events.events({ retry: 3 });
}

export async function servers(): Promise<void> {
  use(new Mastodon({ serverVariables: { hostname: "mastodon.example" } }));
  // @ts-expect-error -- no such variable
  use(new Mastodon({ serverVariables: { host: "mastodon.example" } }));
  // @ts-expect-error -- scopes belong to the token
  use(new Mastodon({ auth: { OAuth2: ["read"] } }));
  try {
    await new Mastodon().lists.getList({ id: "1" });
  } catch (error) {
    if (isApiError(error, "getList") && error.status === 422) {
      exactly<ValidationError>()(error.body);
    }
  }
}
