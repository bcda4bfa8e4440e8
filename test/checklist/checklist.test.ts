import { existsSync, readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { createDocumentedMethods, type DocumentedMethod } from "./support/documented-methods.js";
import { complaintsOf } from "./support/snippets.js";
import * as mastodonModule from "../../generated/mastodon/index.js";
import * as peertubeModule from "../../generated/peertube/index.js";
import * as sftpgoModule from "../../generated/sftpgo/index.js";
import { service as peertubeService } from "../../generated/peertube/service.js";
import { service as sftpgoService } from "../../generated/sftpgo/service.js";
import { failureOf } from "../runtime/support/api.js";
import { always, useServer } from "../runtime/support/server.js";
import { seen } from "../services/support/script.js";
import { generateFile, printed } from "../support/generate.js";
import { repository } from "../support/repository.js";

/*
 * What the example documents show, and the defects in them that are not to be repeated: S-1 to S-42 of the project's
 * notes on the three services.
 */

const { PeerTube, SessionApi } = peertubeModule;
const { Mastodon, OauthApi } = mastodonModule;
const { SFTPGo, TokenApi } = sftpgoModule;

const server = useServer();
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const CLIENT = { client_id: "i", client_secret: "s" };
const BASIC = { username: "u", password: "p" };

/** The methods of the three classes that the examples are about. */
const METHODS = new Map(
  ["peertube/session-api.ts", "mastodon/oauth-api.ts", "sftpgo/token-api.ts"].flatMap((file) =>
    createDocumentedMethods(text(file)).map((method) => [method.name, method] as const),
  ),
);

/** Programs of a few lines, and whether they are to compile. */
const SNIPPETS = {
  passwordLogin: peertube(`{ ...client, grant_type: "password", username: "u", password: "p" }`),
  renewal: peertube(`{ ...client, grant_type: "refresh_token", refresh_token: "r" }`),
  renewalWithoutToken: peertube(`{ ...client, grant_type: "refresh_token" }`),
  loginWithoutName: peertube(`{ ...client, grant_type: "password", password: "p" }`),
  emptyLogin: peertube(`{}`),
  noBody: `import { SessionApi } from "../generated/peertube/index.js";
    await new SessionApi().getOAuthToken();`,
  revokeWithoutBody: `import { OauthApi } from "../generated/mastodon/index.js";
    await new OauthApi().postOauthRevoke({});`,
  tokenWithoutBody: `import { OauthApi } from "../generated/mastodon/index.js";
    await new OauthApi().postOauthToken({});`,
  scopes: mastodon(`{ ...client, grant_type: "client_credentials", scopes: "read" }`),
  scope: mastodon(`{ ...client, grant_type: "client_credentials", scope: "read" }`),
  optionalHeader: `import { TokenApi } from "../generated/sftpgo/index.js";
    await new TokenApi().getToken();
    await new TokenApi().getToken({ "X-SFTPGO-OTP": "1" });`,
  list: `import { Mastodon, type List } from "../generated/mastodon/index.js";
    const lists: List[] = await new Mastodon().lists.getLists();
    const title: string | undefined = lists[0]?.title;
    export { title };`,
  listIsNoArray: `import { Mastodon } from "../generated/mastodon/index.js";
    const lists: string[] = await new Mastodon().lists.getLists();
    export { lists };`,
  booleans: `import { Mastodon } from "../generated/mastodon/index.js";
    await new Mastodon().accounts.getAccountSearch({ q: "q", resolve: "true" });`,
  errorBody: `import { isApiError } from "../generated/peertube/index.js";
    export function codeOf(error: unknown): string | undefined {
      return isApiError(error, "getOAuthToken") && error.status === 400 ? error.body.code : undefined;
    }`,
  wrongErrorBody: `import { isApiError } from "../generated/peertube/index.js";
    export function codeOf(error: unknown): string | undefined {
      return isApiError(error, "getOAuthToken") && error.status === 400 ? error.body.colour : undefined;
    }`,
} as const;

function peertube(body: string): string {
  return `import { SessionApi } from "../generated/peertube/index.js";
    export const client = { client_id: "i", client_secret: "s" };
    await new SessionApi().getOAuthToken({ body: ${body} });`;
}

function mastodon(body: string): string {
  return `import { OauthApi } from "../generated/mastodon/index.js";
    export const client = { client_id: "i", client_secret: "s" };
    await new OauthApi().postOauthToken({ body: ${body} });`;
}

let complaints: ReadonlyMap<string, readonly string[]> = new Map();
beforeAll(() => {
  complaints = complaintsOf(SNIPPETS);
}, 60_000);

function compiles(snippet: keyof typeof SNIPPETS): void {
  expect(complaints.get(snippet)).toEqual([]);
}

function doesNotCompile(snippet: keyof typeof SNIPPETS, why: RegExp): void {
  expect(complaints.get(snippet)?.join("\n")).toMatch(why);
}

describe("pages, as far as the code says the same", () => {
  it("S-1 there is one class for each tag", () => {
    expect([SessionApi.name, OauthApi.name, TokenApi.name]).toEqual([
      "SessionApi",
      "OauthApi",
      "TokenApi",
    ]);
    expect(new PeerTube().session).toBeInstanceOf(SessionApi);
    expect(new Mastodon().oauth).toBeInstanceOf(OauthApi);
    expect(new SFTPGo().token).toBeInstanceOf(TokenApi);
  });

  it("S-2 URLs are relative to the first server, and a relative one stays as it is", () => {
    expect(peertubeService.servers[0]).toBe("https://peertube2.cpy.re");
    expect(sftpgoService.servers).toEqual(["/api/v2"]);
    const { oauth } = new Mastodon({ serverVariables: { hostname: "mastodon.test" } });
    const page = { client_id: "c", redirect_uri: "r:", response_type: "code" } as const;
    expect(oauth.getOauthAuthorize(page).origin).toBe("https://mastodon.test");
  });

  it.each([
    { name: "getOAuthClient", request: "GET /api/v1/oauth-clients/local" },
    { name: "getOAuthToken", request: "POST /api/v1/users/token" },
    { name: "revokeOAuthToken", request: "POST /api/v1/users/revoke-token" },
    { name: "getOauthAuthorize", request: "GET /oauth/authorize" },
    { name: "postOauthRevoke", request: "POST /oauth/revoke" },
    { name: "postOauthToken", request: "POST /oauth/token" },
    { name: "clientLogout", request: "GET /user/logout" },
    { name: "getToken", request: "GET /token" },
    { name: "getUserToken", request: "GET /user/token" },
    { name: "logout", request: "GET /logout" },
  ])("S-3 $name says its summary and its HTTP request", ({ name, request }) => {
    const { comment } = method(name);
    expect(comment[0]).toMatch(/^[A-Z][^\n]*\.$/);
    expect(comment.some((line) => line.startsWith(`\`${request}\``))).toBe(true);
  });

  it("S-4 the description follows the summary", () => {
    const { comment } = method("getOAuthToken");
    expect(comment[1]).toBe("");
    expect(comment[2]).toMatch(/^\w/);
  });

  it("S-6 parameters have a description, and defaults that are written as they are", () => {
    const pattern = /export interface ListTokenSessionsParams \{[^}]*\}/;
    const declaration = pattern.exec(text("peertube/session-api.ts"))?.[0];
    expect(declaration).toMatch(/How many items to skip\.[^@]*@defaultValue `0`\n/);
    expect(text("mastodon/oauth-api.ts")).toContain('@defaultValue `"read"`\n');
  });

  it("S-8 the return type names the answers, and they name the models", () => {
    expect(method("getOAuthToken").returns).toBe("ApiPromise<GetOAuthTokenResponses>");
    expect(text("peertube/session-api.ts")).toMatch(
      /interface GetOAuthTokenResponses \{[^}]*\b200: OAuthTokenResponse;/,
    );
    expect(text("sftpgo/token-api.ts")).toMatch(/interface GetTokenResponses \{[^}]*\b200: Token;/);
  });

  it.each([
    { name: "getOAuthToken", authorization: "no authorization" },
    { name: "revokeOAuthToken", authorization: "OAuth2" },
    { name: "getToken", authorization: "BasicAuth" },
    { name: "logout", authorization: "BearerAuth" },
    { name: "getOauthUserinfo", authorization: "OAuth2 (profile)" },
  ])("S-9 $name says its authorization: $authorization", ({ name, authorization }) => {
    const line = method(name).comment.find((one) => /^`[A-Z]+ \//.test(one));
    expect(line?.split(" - ")[1]).toBe(authorization);
  });

  it("S-10 Content-Type and Accept are those of the document, and none where it has none", async () => {
    await new PeerTube({ baseUrl: server.url, auth: { OAuth2: "t" } }).session.revokeOAuthToken();
    expect(server.request.headers["content-type"]).toBeUndefined();
    expect(server.request.headers["accept"]).toBe("application/json");
  });

  it.each(["getOAuthToken", "postOauthToken", "getToken"])(
    "S-11 %s lists every error with its status and description",
    (name) => {
      const responses = [...METHODS.values()].find((one) => one.name === name)?.responses ?? [];
      const errors = responses.filter((status) => !status.startsWith("2"));
      const listed = method(name)
        .comment.join("\n")
        .match(/(?<=@throws `ApiError` )\S+(?= - \S)/g);
      expect(errors.length).toBeGreaterThan(2);
      expect(listed).toEqual(errors);
    },
  );

  it("S-12 inline bodies and answers have stable names", () => {
    const source = text("peertube/session-api.ts") + text("peertube/video-rates-api.ts");
    for (const name of ["GetOAuthTokenParams", "GetOAuthTokenResponses", "RateVideoBody"])
      expect(source).toContain(`export interface ${name} {`);
    // The services have no inline answers any more.
    const golden = readFileSync(
      repository("test/golden/extension-pagination/expected/books-api.ts"),
      "utf8",
    );
    expect(golden).toContain("ListReaders200Response");
  });
});

describe("pages", () => {
  it("S-2, S-3 a class page tells its base and its methods", () => {
    const page = text("sftpgo/docs/TokenApi.md");
    expect(page).toContain("All URIs are relative to `/api/v2`.");
    expect(page).toContain("| [`getToken`](#getToken) | **GET** `/token` |");
  });

  it("S-4 an operation links back to the page, the lists and the README", () => {
    expect(section("peertube/docs/SessionApi.md", "revokeOAuthToken")).toMatch(
      /\(SessionApi\.md\).*README\.md#section-operations.*README\.md#section-models.*README\.md\)\n/,
    );
  });

  it("S-5 an operation without parameters says so", () => {
    const told = section("peertube/docs/SessionApi.md", "getOAuthClient");
    expect(told).toContain("### Parameters\n\nIt takes no parameters.\n");
  });

  it("S-6, S-8 parameters have notes, and answers lead to their model", () => {
    const told = section("peertube/docs/SessionApi.md", "listTokenSessions");
    expect(told).toMatch(/^\| `start` \| `number` \| .* \| query, optional, default `0`/m);
    expect(told).toContain("### Returns\n\n[`TokenSessionList`](models/TokenSessionList.md)\n");
  });

  it("S-7 no text breaks a table", () => {
    const page = readFileSync(repository("test/docs/pages/hostile/expected/XApi.md"), "utf8");
    expect(page).toContain("| line<br>- item \\| one<br>- item `\\|` two |");
  });

  it("S-9, S-10 authorization, Content-Type and Accept are told", () => {
    const told = section("peertube/docs/SessionApi.md", "revokeOAuthToken");
    expect(told).toContain("- **Authorization**: [`OAuth2`](README.md#scheme-OAuth2)\n");
    expect(told).toContain("- **Content-Type**: none\n- **Accept**: `application/json`\n");
  });

  it("S-11, S-40 all statuses are told, default as default", () => {
    const told = section("sftpgo/docs/TokenApi.md", "getToken");
    expect(told.match(/(?<=^\| \*\*)\w+/gm)).toEqual(
      expect.arrayContaining(["200", "401", "default"]),
    );
    expect(told).not.toContain("**0**");
  });

  it("S-21 there is a program for each credential that is enough", () => {
    const told = section("sftpgo/docs/PublicSharesApi.md", "getShare");
    expect(told).toContain("One of these credentials is enough");
    expect(told).toContain("With [`BasicAuth`](README.md#scheme-BasicAuth):\n\n```ts\n");
    expect(told).toContain("Without credentials:\n\n```ts\n");
  });

  it("S-22 credentials come from the environment", () => {
    expect(section("peertube/docs/SessionApi.md", "revokeOAuthToken")).toContain(
      'process.env["ACCESS_TOKEN"]',
    );
    expect(section("sftpgo/docs/TokenApi.md", "logout")).toContain('process.env["BEARER_TOKEN"]');
    expect(section("sftpgo/docs/TokenApi.md", "getToken")).toMatch(
      /process\.env\["USERNAME"\][^]*process\.env\["PASSWORD"\]/,
    );
  });

  it("S-24 an operation without security shows no credential", () => {
    const told = section("peertube/docs/SessionApi.md", "getOAuthClient");
    expect(told).toContain("no authorization required");
    expect(told).not.toContain("auth:");
  });

  it("S-25 the README has all operations, models and schemes, and the versions", () => {
    const page = text("peertube/docs/README.md");
    const classes = generatedFiles().filter((file) => /^peertube\/.*-api\.ts$/.test(file));
    for (const file of classes)
      for (const { name } of createDocumentedMethods(text(file)))
        expect(page, name).toContain(`| [\`${name}\`](`);
    for (const [, name = ""] of text("peertube/models.ts").matchAll(/^export \w+ (\w+)/gm))
      expect(page).toContain(`- [\`${name}\`](models/`);
    expect(page).toContain("### `OAuth2`\n");
    expect(page).toMatch(/\*\*Document\*\*: PeerTube [\d.]+\n[^]*\*\*Generated by\*\*: driftline /);
  });
});

describe("calling", () => {
  it("S-13 methods follow the language, fields and parameters keep their wire names", async () => {
    const { token } = new SFTPGo({ baseUrl: server.url, auth: { BasicAuth: BASIC } });
    await token.getUserToken({ "X-SFTPGO-OTP": "123" });
    expect(server.request.headers["x-sftpgo-otp"]).toBe("123");
    expect(text("peertube/models.ts")).toMatch(/interface OAuthClient \{[^}]*\bclient_id: string;/);
  });

  it("S-14 the fields of a form are plain fields, with nothing added", async () => {
    const { session } = new PeerTube({ baseUrl: server.url });
    await session.getOAuthToken({
      body: { ...CLIENT, grant_type: "password", username: "u", password: "p" },
    });
    expect(server.request.body.toString()).toBe(
      "client_id=i&client_secret=s&grant_type=password&username=u&password=p",
    );
  });

  it("S-15, S-16 header parameters are optional like others, and what is optional may be left out", () => {
    compiles("optionalHeader");
    doesNotCompile("noBody", /TS2554/);
  });

  it("S-17 booleans, texts and models have their types", () => {
    doesNotCompile("booleans", /TS2322.*'string' is not assignable to type 'boolean/);
    compiles("list");
  });

  it("S-18 a call gives its data, or data with status and headers, also where there is no data", async () => {
    const { session, video } = new PeerTube({ baseUrl: server.url, auth: { OAuth2: "t" } });
    server.answer(always(200, { ...JSON_TYPE, "x-a": "b" }, JSON.stringify(CLIENT)));
    expect(await session.getOAuthClient()).toEqual(CLIENT);
    const { data, status, headers } = await session.getOAuthClient().withResponse();
    expect({ data, status, header: headers.get("x-a") }).toEqual({
      data: CLIENT,
      status: 200,
      header: "b",
    });
    server.answer(always(204, { "x-a": "c" }));
    const none = await video.delVideo({ id: 1 }).withResponse();
    expect({ data: none.data, status: none.status, header: none.headers.get("x-a") }).toEqual({
      data: undefined,
      status: 204,
      header: "c",
    });
  });

  it("S-19 errors are thrown, with status, headers and body", async () => {
    const body = { code: "invalid_grant", status: 400 };
    server.answer(always(400, { ...JSON_TYPE, "x-a": "b" }, JSON.stringify(body)));
    const error = await failureOf(new PeerTube({ baseUrl: server.url }).session.getOAuthClient());
    if (!peertubeModule.isApiError(error)) throw error;
    expect(error).toBeInstanceOf(Error);
    expect({ status: error.status, body: error.body, header: error.headers.get("x-a") }).toEqual({
      status: 400,
      body,
      header: "b",
    });
  });

  it("S-20 the host can be set, for a client and for a call", async () => {
    const peertube = new PeerTube({ baseUrl: "http://127.0.0.1:1" });
    await peertube.session.getOAuthClient({ baseUrl: server.url });
    await new PeerTube({ baseUrl: server.url }).session.getOAuthClient();
    expect(server.requests).toHaveLength(2);
  });
});

describe("authorization", () => {
  it("S-23 a credential is set once for all calls, by the name of its scheme", async () => {
    const peertube = new PeerTube({ baseUrl: server.url, auth: { OAuth2: "at" } });
    await peertube.session.revokeOAuthToken();
    await peertube.myUser.getUserInfo();
    const sftpgo = new SFTPGo({ baseUrl: server.url, auth: { BasicAuth: BASIC } });
    await sftpgo.token.getToken();
    expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual([
      "Bearer at",
      "Bearer at",
      `Basic ${btoa("u:p")}`,
    ]);
  });

  it("S-24 an operation without security sends no credential and asks for none", async () => {
    await new PeerTube({ baseUrl: server.url, auth: { OAuth2: "at" } }).session.getOAuthClient();
    expect(seen(server.request).headers).toEqual({ accept: "application/json" });
    expect(method("getOAuthClient").source).toContain("security: []");
  });
});

describe("defects of the examples", () => {
  it("S-30 a renewal needs no username, a login no refresh token, and neither can be empty", () => {
    compiles("passwordLogin");
    compiles("renewal");
    doesNotCompile("renewalWithoutToken", /refresh_token/);
    doesNotCompile("loginWithoutName", /username/);
    doesNotCompile("emptyLogin", /TS2322/);
  });

  it("S-31 no default has quotes inside", () => {
    for (const file of generatedFiles())
      expect(text(file)).not.toMatch(/@defaultValue `?["']['"]\w/);
    expect(text("peertube/models.ts")).toMatch(/grant_type: "password";/);
  });

  it("S-32 credentials do not replace the base URL, and a relative server without one is a clear error", async () => {
    const sftpgo = new SFTPGo({ baseUrl: server.url });
    await sftpgo.token.getToken({}, { auth: { BasicAuth: BASIC } });
    await sftpgo.token.logout({ auth: { BearerAuth: "t" } });
    expect(server.requests.map(({ url }) => url)).toEqual(["/api/v2/token", "/api/v2/logout"]);
    await expect(new SFTPGo().token.getToken()).rejects.toThrow(/relative: pass `baseUrl`/);
  });

  it("S-33 the token request is a registered form, and an unregistered type is warned about", async () => {
    await new Mastodon({ baseUrl: server.url }).oauth.postOauthToken({
      body: { ...CLIENT, grant_type: "client_credentials" },
    });
    expect(server.request.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    const made = await generateFile(
      repository("test/golden/body-unregistered-form-type/document.yaml"),
    );
    expect(made.files).toBeDefined();
    expect(printed(made)).toMatch(/:\d+:\d+: warning\[[a-z-]+\]: .*application\/form-data/);
  });

  it("S-34 the body of a token or revoke request is required", () => {
    doesNotCompile("tokenWithoutBody", /'body' is missing/);
    doesNotCompile("revokeWithoutBody", /'body' is missing/);
  });

  it("S-35 the authorization page is an address, not a call", () => {
    const url = new Mastodon({ baseUrl: "https://m.example" }).oauth.getOauthAuthorize({
      response_type: "code",
      client_id: "i",
      redirect_uri: "urn:ietf:wg:oauth:2.0:oob",
    });
    expect(url).toBeInstanceOf(URL);
    expect(url.pathname).toBe("/oauth/authorize");
    expect(server.requests).toHaveLength(0);
  });

  it("S-36 the field is called scope, has its default in the document, and PKCE has its fields", () => {
    compiles("scope");
    doesNotCompile("scopes", /scopes/);
    expect(text("mastodon/oauth-api.ts")).toMatch(
      /@defaultValue `"read"`\s+\*\/\s+scope\?: string/,
    );
    expect(text("mastodon/oauth-api.ts")).toMatch(/code_challenge_method\?: "S256"/);
    expect(text("mastodon/models.ts")).toMatch(/code_verifier\?: string/);
  });

  it("S-37 an operation is in one class only, so that no method has a number at its end", () => {
    for (const service of ["peertube", "mastodon", "sftpgo"]) {
      const names = generatedFiles()
        .filter((file) => file.startsWith(`${service}/`) && file.endsWith("-api.ts"))
        .flatMap((file) => createDocumentedMethods(text(file)).map(({ name }) => name));
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => /_?\d$/.test(name) && !/[vV]\d$/.test(name))).toEqual([]);
    }
  });

  it("S-38 acronyms stay whole", () => {
    expect(Object.getOwnPropertyNames(SessionApi.prototype)).toEqual(
      expect.arrayContaining(["getOAuthClient", "getOAuthToken", "revokeOAuthToken"]),
    );
  });

  it("S-39 a model that is called like something of a language is not lost", () => {
    compiles("list");
    doesNotCompile("listIsNoArray", /TS2322/);
    expect(text("mastodon/models.ts")).toMatch(/^export interface List \{/m);
  });

  it("S-40 default is called default, and stands for the statuses that are not listed", async () => {
    expect(method("getToken").comment.join("\n")).toMatch(/@throws `ApiError` default - /);
    for (const file of generatedFiles()) expect(text(file)).not.toMatch(/`ApiError` 0\b|^ {2}0:/m);
    server.answer(always(507, JSON_TYPE, '{"message":"full"}'));
    const sftpgo = new SFTPGo({ baseUrl: server.url, auth: { BasicAuth: BASIC } });
    const result = await sftpgo.token.getToken().result();
    expect(result).toMatchObject({ ok: false, status: 507, error: { body: { message: "full" } } });
  });

  it("S-41 the errors of the token request have a type, and it has a code", () => {
    compiles("errorBody");
    doesNotCompile("wrongErrorBody", /colour/);
    expect(text("peertube/session-api.ts")).toMatch(
      /interface GetOAuthTokenResponses \{[^}]*\b400: OAuthTokenError;[^}]*\b401: OAuthTokenError;/,
    );
  });

  it("S-42 every operation that is sent says which class of error it throws", () => {
    for (const { name, comment, returns } of METHODS.values()) {
      if (returns === "URL") continue;
      expect(comment.join("\n"), name).toContain("@throws `ApiError`");
    }
  });
});

/** What a class page tells of a method. */
function section(file: string, name: string): string {
  const [, found] = text(file).split(`\n## ${name}\n`);
  if (found === undefined) throw new Error(`${file} has no ${name}`);
  return found.split("\n## ")[0] ?? "";
}

/** A generated file. */
function text(file: string): string {
  return readFileSync(repository(`generated/${file}`), "utf8");
}

function generatedFiles(): readonly string[] {
  return ["peertube", "mastodon", "sftpgo"].flatMap((service) =>
    readdirSync(repository(`generated/${service}`))
      .filter((name) => name.endsWith(".ts"))
      .map((name) => `${service}/${name}`),
  );
}

function method(name: string): DocumentedMethod {
  const found = METHODS.get(name);
  if (found === undefined) throw new Error(`no method ${name}`);
  return found;
}

it("names every item from S-1 to S-25 and S-30 to S-42", () => {
  const own = readFileSync(import.meta.filename, "utf8");
  const ITEMS = [...range(1, 25), ...range(30, 42)];
  for (const item of ITEMS) expect(own).toMatch(new RegExp(`["\`(, ]S-${item}\\b`));
  expect(existsSync(repository("generated"))).toBe(true);
});

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
