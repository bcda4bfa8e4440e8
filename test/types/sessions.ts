import {
  AppsApi,
  Mastodon,
  MastodonSession,
  OauthApi,
  oauth2Flows as mastodonFlows,
} from "../../generated/mastodon/index.js";
import {
  LoginRefusedError,
  oauth2Flows,
  OAuth2Session,
  PeerTube,
  PeerTubeSession,
  SessionApi,
  type TokenSet,
  type TokenStorage,
  webStorage,
} from "../../generated/peertube/index.js";
import { SFTPGo, SFTPGoSession, TokenApi } from "../../generated/sftpgo/index.js";
import { exactly, use } from "./equal.js";

/* Nothing here runs: the compiler is the test. */

const baseUrl = "https://service.example";

/** The helpers know the generated classes by the members that they use: here the two meet. */
export async function sessions(place: Parameters<typeof webStorage>[0]): Promise<void> {
  const api = new SessionApi({ baseUrl });
  const session = new PeerTubeSession({ api, storage: webStorage(place, "peertube") });
  const peertube = new PeerTube({ baseUrl, auth: { OAuth2: session.accessToken } });
  use(new PeerTubeSession({ api: peertube.session }));
  await session.login({ username: "u", password: "p" });
  await session.login({ username: "u", externalAuthToken: "t", otp: "1" });
  // @ts-expect-error -- neither password nor token
  await session.login({ username: "u" });
  exactly<TokenSet | undefined>()(await session.tokens());
  exactly<string | undefined>()(await session.accessToken());
  // @ts-expect-error -- another service's class
  use(new PeerTubeSession({ api: new TokenApi({ baseUrl }) }));

  const app = { client_id: "i", client_secret: "s", redirect_uri: "r", scope: "read" };
  const mastodonSession = new MastodonSession({ api: new Mastodon({ baseUrl }), app });
  const apis = { apps: new AppsApi({ baseUrl }), oauth: new OauthApi({ baseUrl }) };
  use(new MastodonSession({ api: apis, app, grant: "client_credentials" }));
  use(new Mastodon({ baseUrl, auth: { OAuth2: mastodonSession.accessToken } }));
  const { url, pending } = await mastodonSession.authorizationUrl({ lang: "de" });
  exactly<URL>()(url);
  await mastodonSession.handleRedirect(url, pending);
  // @ts-expect-error -- what was kept is needed
  await mastodonSession.handleRedirect(url);

  const credentials = { username: "u", password: "p" };
  const sftpgoSession = new SFTPGoSession({
    api: new TokenApi({ baseUrl }),
    account: "admin",
    credentials: () => ({ ...credentials, otp: "1" }),
  });
  use(new SFTPGo({ baseUrl, auth: { BearerAuth: sftpgoSession.accessToken } }));
  // @ts-expect-error -- whose session is it?
  use(new SFTPGoSession({ api: new TokenApi({ baseUrl }), credentials }));
}

/** The flows of the documents. */
export async function flows(storage: TokenStorage): Promise<void> {
  const client = { client_id: "i", client_secret: "s" };
  const session = new OAuth2Session(oauth2Flows.OAuth2, { baseUrl, client, storage });
  use(new PeerTube({ baseUrl, auth: { OAuth2: session.accessToken } }));
  use(new OAuth2Session(mastodonFlows.OAuth2, { baseUrl, client }));
  // @ts-expect-error -- no such scheme
  use(oauth2Flows.OAuth3);
  try {
    await session.login({ username: "u", password: "p" });
  } catch (error) {
    if (error instanceof LoginRefusedError) exactly<boolean>()(error.wantsOneTimeCode);
  }
}
