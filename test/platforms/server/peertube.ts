import type { Answer, Stage, StageRequest } from "./stage.js";

const CLIENT = { client_id: "id-of-client", client_secret: "secret-of-client" };
/** The user's name and password. */
const USER = { username: "alice", password: "pass wörd+&=" };
const VIDEOS = 25;

/** PeerTube: password grant with rotation of the refresh token, lists by `start`, upload by form. */
export function peertube(request: StageRequest, stage: Stage): Answer | undefined {
  const { method, path, query, token, body } = request;
  switch (`${method} ${path}`) {
    case "GET /api/v1/oauth-clients/local":
      return { body: CLIENT };
    case "POST /api/v1/users/token":
      return logIn(new URLSearchParams(body.toString()), stage);
    case "GET /api/v1/videos":
      return { body: listed(query) };
    case "GET /api/v1/users/me":
      return stage.tokens.has(token) ? { body: { id: 1, ...USER, password: undefined } } : DENIED;
    case "PUT /api/v1/users/me":
      return stage.tokens.has(token) ? { status: 204 } : DENIED;
    case "POST /api/v1/videos/upload":
      return stage.tokens.has(token) ? { body: { video: { id: stage.next() } } } : DENIED;
    default:
      return path.startsWith("/api/v1/videos/") ? MISSING : undefined;
  }
}

const PROBLEM = { "content-type": "application/problem+json; charset=utf-8" };

const DENIED: Answer = {
  status: 401,
  headers: PROBLEM,
  body: { title: "Unauthorized", status: 401, code: "invalid_token" },
};

const MISSING: Answer = {
  status: 404,
  headers: { ...PROBLEM, "x-request-id": "request-404" },
  body: { title: "Not Found", status: 404, detail: "Vidéo inconnue – 見つかりません" },
};

/** Issues tokens (RFC 6749, sections 4.3 and 6); a refresh token is good for one use. */
function logIn(form: URLSearchParams, stage: Stage): Answer {
  const given = Object.fromEntries(form);
  const isClient =
    given["client_id"] === CLIENT.client_id && given["client_secret"] === CLIENT.client_secret;
  const refreshToken = given["refresh_token"] ?? "";
  const isUser =
    given["grant_type"] === "password"
      ? given["username"] === USER.username && given["password"] === USER.password
      : given["grant_type"] === "refresh_token" && stage.refreshTokens.delete(refreshToken);
  if (!isClient || !isUser) {
    const problem = { title: "Bad Request", status: 400, code: "invalid_grant" };
    return { status: 400, headers: PROBLEM, body: problem };
  }
  const number = stage.next();
  const tokens = { access_token: `access-${number}`, refresh_token: `refresh-${number}` };
  stage.tokens.add(tokens.access_token);
  stage.refreshTokens.add(tokens.refresh_token);
  const lifetimes = { expires_in: 86_400, refresh_token_expires_in: 1_209_600 };
  return { body: { token_type: "Bearer", ...tokens, ...lifetimes } };
}

function listed(query: URLSearchParams): object {
  const start = Number(query.get("start") ?? 0);
  const end = Math.min(VIDEOS, start + Number(query.get("count") ?? 15));
  const length = Math.max(0, end - start);
  return {
    total: VIDEOS,
    data: Array.from({ length }, (_, index) => ({ id: start + index, name: `№ ${start + index}` })),
  };
}
