import { ApiError, PeerTube, type PeerTubeOptions } from "../../../generated/peertube/index.js";
import { SFTPGo, type SFTPGoOptions } from "../../../generated/sftpgo/index.js";
import type { Cases, Stage } from "./case.js";
import { failure, same } from "./check.js";

export const USER = { username: "alice", password: "pass wörd+&=" };
export const ADMIN = { username: "bob", password: "påss:wörd" };

/** Tokens of PeerTube, as its password grant gives them. */
export interface Session {
  readonly client: { readonly client_id: string; readonly client_secret: string };
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Logs in at PeerTube. */
export async function logIn({ baseUrl }: Stage, password = USER.password): Promise<Session> {
  const { session } = new PeerTube({ baseUrl });
  const client = await session.getOAuthClient();
  const tokens = await session.getOAuthToken({
    body: { ...client, grant_type: "password", username: USER.username, password },
  });
  return { client, accessToken: tokens.access_token, refreshToken: tokens.refresh_token };
}

/** A client of PeerTube that is logged in. */
export async function userOfPeerTube(
  stage: Stage,
  options: PeerTubeOptions = {},
): Promise<PeerTube> {
  const { accessToken } = await logIn(stage);
  return new PeerTube({ baseUrl: stage.baseUrl, auth: { OAuth2: accessToken }, ...options });
}

/** A client of SFTPGo that is logged in, as an administrator and as a user. */
export async function userOfSFTPGo(stage: Stage, options: SFTPGoOptions = {}): Promise<SFTPGo> {
  const baseUrl = `${stage.baseUrl}/api/v2`;
  const { token } = new SFTPGo({ baseUrl, auth: { BasicAuth: ADMIN } });
  const { access_token: jwt } = await token.getUserToken();
  return new SFTPGo({ baseUrl, auth: { BearerAuth: jwt }, ...options });
}

/** Logging in, and staying logged in. */
export const LOG_IN: Cases = {
  "logs in with a password": async (stage) => {
    const { username } = await (await userOfPeerTube(stage)).myUser.getUserInfo();
    same(username, "alice");
    const headers = (await stage.journal()).map((entry) => entry.headers["authorization"]);
    same(headers, [undefined, undefined, "Bearer access-1"], "credentials");
  },
  "tells that a password is wrong": async (stage) => {
    const error = await failure(logIn(stage, "wrong"), ApiError);
    same(
      [error.status, error.body],
      [400, { title: "Bad Request", status: 400, code: "invalid_grant" }],
    );
  },
  "renews a token that was rejected": async (stage) => {
    const { client, accessToken, refreshToken } = await logIn(stage);
    await stage.expire();
    const { session } = new PeerTube({ baseUrl: stage.baseUrl });
    const peertube = new PeerTube({
      baseUrl: stage.baseUrl,
      auth: {
        OAuth2: async ({ rejected }) => {
          if (rejected === undefined) return accessToken;
          const tokens = await session.getOAuthToken({
            body: { ...client, grant_type: "refresh_token", refresh_token: refreshToken },
          });
          return tokens.access_token;
        },
      },
    });
    const { username } = await peertube.myUser.getUserInfo();
    same(username, "alice");
    const lines = (await stage.journal()).slice(2);
    same(
      lines.map(({ method, path, headers }) => `${method} ${path} ${headers["authorization"]}`),
      [
        "GET /api/v1/users/me Bearer access-1",
        "POST /api/v1/users/token undefined",
        "GET /api/v1/users/me Bearer access-2",
      ],
    );
  },
  "trades user name and password for a token": async (stage) => {
    const sftpgo = await userOfSFTPGo(stage);
    const [first] = await sftpgo.users.getUsers({ limit: 1 });
    same(first?.username, "user-0");
  },
};
