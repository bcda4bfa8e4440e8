import { Mastodon, MastodonSession } from "../../../generated/mastodon/index.js";
import { PeerTube, PeerTubeSession, SessionApi } from "../../../generated/peertube/index.js";
import { SFTPGo, SFTPGoSession, TokenApi } from "../../../generated/sftpgo/index.js";
import type { Cases } from "./case.js";
import { holds, reason, same } from "./check.js";
import { ADMIN, USER } from "./log-in.js";

/** Sessions that renew themselves. */
export const SESSIONS: Cases = {
  "renews a session once for all calls": async (stage) => {
    const { baseUrl } = stage;
    const session = new PeerTubeSession({ api: new SessionApi({ baseUrl }) });
    await session.login(USER);
    const { myUser } = new PeerTube({ baseUrl, auth: { OAuth2: session.accessToken } });
    same((await myUser.getUserInfo()).username, "alice");
    await stage.expire();
    const users = await Promise.all([1, 2, 3].map(() => myUser.getUserInfo()));
    same(
      users.map(({ username }) => username),
      ["alice", "alice", "alice"],
    );
    const lines = (await stage.journal()).map(({ method, path }) => `${method} ${path}`);
    const renewals = lines.filter((line) => line === "POST /api/v1/users/token");
    same(renewals.length, 2, "logins and renewals");
  },
  "logs in whenever a token is needed": async (stage) => {
    const baseUrl = `${stage.baseUrl}/api/v2`;
    const session = new SFTPGoSession({
      api: new TokenApi({ baseUrl }),
      account: "user",
      credentials: ADMIN,
    });
    const { users } = new SFTPGo({ baseUrl, auth: { BearerAuth: session.accessToken } });
    await Promise.all([users.getUsers({ limit: 1 }), users.getUsers({ limit: 2 })]);
    const lines = (await stage.journal()).map(({ path }) => path);
    same(lines.filter((line) => line.endsWith("/token")).length, 1, "logins");
  },
  "sends the browser to the authorization page": async (stage) => {
    const session = new MastodonSession({
      api: new Mastodon({ baseUrl: stage.baseUrl }),
      app: {
        client_id: "i",
        client_secret: "s",
        redirect_uri: "https://app.example/",
        scope: "read",
      },
    });
    const started = session.authorizationUrl();
    if (stage.has("is no secure context")) {
      holds((await reason(started)) instanceof Error, "the platform cannot hash");
    } else {
      const { url } = await started;
      same(url.searchParams.get("code_challenge_method"), "S256");
      same(url.searchParams.get("code_challenge")?.length, 43, "length of the challenge");
    }
  },
};
