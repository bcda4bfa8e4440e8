import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../templates/runtime/errors.js";
import type { CallOptions, ClientOptions, Fetch } from "../../templates/runtime/options.js";
import { serverTemplate } from "../../templates/runtime/server-template.js";
import type { Server, Service } from "../../templates/runtime/service.js";
import { failureOf, TestApi } from "./support/api.js";
import { useServer } from "./support/server.js";

const server = useServer();

interface Row {
  readonly what: string;
  /** The document's. */
  readonly servers?: readonly Server[];
  readonly options?: ClientOptions;
  /** The operation's. */
  readonly server?: Server;
  readonly call?: CallOptions;
  /** Where the request goes. */
  readonly url: string;
  /** Whether the credential goes, too. */
  readonly trusted?: boolean;
}

/** Makes a call without a network. */
async function sent(
  { servers = [], options = {}, server: own, call }: Row,
  path = "/x",
  security = true,
) {
  let url = "";
  let headers = new Headers();
  const fetch: Fetch = async (to, init) => {
    url = to;
    headers = new Headers(init.headers);
    return Promise.resolve(Response.json({}));
  };
  const service: Partial<Service> = { servers, securitySchemes: { key: { type: "oauth2" } } };
  const api = new TestApi(
    { fetch, auth: { key: "s3cr3t" }, headers: { "x-own": "1" }, ...options },
    service,
  );
  await api.call({ path, server: own, security: security ? [{ key: [] }] : [] }, call);
  return { url, headers };
}

const absolute = ["https://api.test/v1/"];
const relative = ["/api/v2"];
const template = serverTemplate("https://{host}:{port}/{base}", {
  host: { default: "api.test" },
  port: { default: "8443", enum: ["8443", "444"] },
  base: {},
});

describe("where a call goes", () => {
  it.each<Row>([
    { what: "the first server", servers: absolute, url: "https://api.test/v1/x" },
    {
      what: "the first absolute server",
      servers: [...relative, ...absolute],
      url: "https://api.test/v1/x",
    },
    {
      what: "a variable's default",
      servers: [template],
      options: { serverVariables: { base: "v1" } },
      url: "https://api.test:8443/v1/x",
    },
    {
      what: "variables",
      servers: [template],
      options: { serverVariables: { host: "b.test", port: 444, base: "a/b" } },
      url: "https://b.test:444/a/b/x",
    },
    {
      what: "a base URL",
      servers: absolute,
      options: { baseUrl: "https://b.test" },
      url: "https://b.test/x",
    },
    {
      what: "a base URL with a path and slashes",
      servers: absolute,
      options: { baseUrl: "https://b.test/a///" },
      url: "https://b.test/a/x",
    },
    {
      what: "a URL object",
      servers: absolute,
      options: { baseUrl: new URL("https://b.test/a") },
      url: "https://b.test/a/x",
    },
    {
      what: "a relative server and a bare origin",
      servers: relative,
      options: { baseUrl: "https://b.test" },
      url: "https://b.test/api/v2/x",
    },
    {
      what: "a relative server and a bare origin with a slash",
      servers: relative,
      options: { baseUrl: "https://b.test:81/" },
      url: "https://b.test:81/api/v2/x",
    },
    {
      what: "a relative server and a base URL with a path",
      servers: relative,
      options: { baseUrl: "https://b.test/own" },
      url: "https://b.test/own/x",
    },
    {
      what: "a relative server of another host",
      servers: ["//evil.test/x"],
      options: { baseUrl: "https://b.test" },
      url: "https://b.test/x",
    },
    { what: "no server", options: { baseUrl: "https://b.test" }, url: "https://b.test/x" },
    {
      what: "the call's base URL",
      servers: absolute,
      options: { baseUrl: "https://b.test" },
      call: { baseUrl: "https://c.test/d" },
      url: "https://c.test/d/x",
    },
    {
      what: "the call's base URL, relative server",
      servers: relative,
      call: { baseUrl: "https://c.test" },
      url: "https://c.test/api/v2/x",
    },
    {
      what: "an operation's relative server",
      servers: absolute,
      server: "/",
      url: "https://api.test/x",
    },
    {
      what: "an operation's relative server with a path",
      servers: relative,
      options: { baseUrl: "https://b.test/own" },
      server: "/v9",
      url: "https://b.test/v9/x",
    },
    {
      what: "an operation's server, same origin",
      servers: absolute,
      server: "https://api.test/up",
      url: "https://api.test/up/x",
    },
    {
      what: "an operation's server, asked for",
      servers: absolute,
      server: "https://up.test/v3",
      call: { baseUrl: "https://up.test" },
      url: "https://up.test/v3/x",
    },
    {
      what: "an operation's server, replaced",
      servers: absolute,
      server: "https://up.test/v3",
      call: { baseUrl: "https://c.test/v4" },
      url: "https://c.test/v4/x",
    },
    {
      what: "an operation's server, elsewhere",
      servers: absolute,
      server: "https://files.test/v2/",
      call: { baseUrl: "http://localhost:1234" },
      url: "http://localhost:1234/v2/x",
    },
    {
      what: "an operation's server, elsewhere, relative first server",
      servers: relative,
      server: "https://files.test/v2",
      call: { baseUrl: "https://c.test" },
      url: "https://c.test/v2/x",
    },
    {
      what: "an operation's server whose path looks like a host",
      servers: absolute,
      server: "https://files.test//evil.test",
      call: { baseUrl: "https://c.test" },
      url: "https://c.test//evil.test/x",
    },
    {
      what: "an operation's relative server, elsewhere",
      servers: absolute,
      server: "/v9",
      call: { baseUrl: "https://c.test" },
      url: "https://c.test/v9/x",
    },
    {
      what: "an operation's server, same origin, replaced",
      servers: absolute,
      server: "https://api.test/up",
      call: { baseUrl: "https://api.test/own" },
      url: "https://api.test/own/x",
    },
    {
      what: "an operation's relative server, replaced",
      servers: absolute,
      server: "/v9",
      call: { baseUrl: "https://c.test/own" },
      url: "https://c.test/own/x",
    },
    {
      what: "http on this machine",
      servers: absolute,
      call: { baseUrl: "http://localhost:8080" },
      url: "http://localhost:8080/x",
    },
    {
      what: "http on this machine (IPv4)",
      servers: absolute,
      call: { baseUrl: "http://127.0.0.1" },
      url: "http://127.0.0.1/x",
    },
    {
      what: "http on this machine (IPv6)",
      servers: absolute,
      call: { baseUrl: "http://[::1]:1" },
      url: "http://[::1]:1/x",
    },
    {
      what: "http as the client's own choice",
      servers: absolute,
      options: { baseUrl: "http://sftpgo:8080" },
      url: "http://sftpgo:8080/x",
    },
  ])("with credentials: $what", async (row) => {
    const { url, headers } = await sent(row);
    expect(url).toBe(row.url);
    expect(headers.get("authorization")).toBe("Bearer s3cr3t");
    expect(headers.get("x-own")).toBe("1");
  });

  it.each<Row>([
    {
      what: "another origin",
      servers: absolute,
      server: "https://evil.test/v3",
      url: "https://evil.test/v3/x",
    },
    {
      what: "another port",
      servers: absolute,
      server: "https://api.test:444",
      url: "https://api.test:444/x",
    },
    {
      what: "another scheme",
      servers: absolute,
      server: "http://api.test",
      url: "http://api.test/x",
    },
    {
      what: "another host, same scheme",
      servers: absolute,
      server: "//evil.test/y",
      url: "https://evil.test/y/x",
    },
    {
      what: "another origin than the base URL",
      servers: absolute,
      options: { baseUrl: "https://b.test" },
      server: "https://api.test/up",
      url: "https://api.test/up/x",
    },
    {
      what: "another origin than the base URL, which is a bare one",
      servers: relative,
      options: { baseUrl: "http://localhost:1234" },
      server: "https://files.test/v2",
      url: "https://files.test/v2/x",
    },
    {
      what: "no origin of our own",
      servers: relative,
      server: "https://evil.test",
      url: "https://evil.test/x",
    },
    {
      what: "plain http for the call",
      servers: absolute,
      call: { baseUrl: "http://c.test" },
      url: "http://c.test/x",
    },
    {
      what: "a host that looks local",
      servers: absolute,
      call: { baseUrl: "http://localhost.evil.test" },
      url: "http://localhost.evil.test/x",
    },
    {
      what: "http on a host whose name begins like this machine's address",
      servers: absolute,
      call: { baseUrl: "http://127.evil.test" },
      url: "http://127.evil.test/x",
    },
  ])("without credentials: $what", async (row) => {
    const error = await failureOf(sent(row));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(new URL(row.url).origin);
    expect(String(error)).not.toContain("s3cr3t");
    const { url, headers } = await sent(row, "/x", false);
    expect(url).toBe(row.url);
    expect([...headers.keys()]).toEqual(["accept"]);
  });

  it("the refusal says what to do, and that helps", async () => {
    const row: Row = {
      what: "",
      servers: absolute,
      server: "https://up.test/v3",
      url: "",
    };
    const error = await failureOf(sent(row));
    expect(String(error)).toContain('{ baseUrl: "https://up.test" }');
    const { url, headers } = await sent({ ...row, call: { baseUrl: "https://up.test" } });
    expect(url).toBe("https://up.test/v3/x");
    expect(headers.has("authorization")).toBe(true);
  });
});

describe("what is refused", () => {
  it.each<Omit<Row, "url"> & { message: string }>([
    { what: "a relative server", servers: relative, message: "pass `baseUrl`" },
    { what: "no server", message: "pass `baseUrl`" },
    {
      what: "an operation's relative server",
      servers: relative,
      server: "/y",
      message: "pass `baseUrl`",
    },
    {
      what: "no URL",
      options: { baseUrl: "s3cr3t" },
      message: "`baseUrl` must be an http(s) URL without",
    },
    {
      what: "another scheme",
      options: { baseUrl: "ftp://s3cr3t.test" },
      message: "must be an http(s) URL",
    },
    {
      what: "javascript",
      options: { baseUrl: "javascript:s3cr3t()" },
      message: "must be an http(s) URL",
    },
    {
      what: "credentials",
      options: { baseUrl: "https://u:s3cr3t@b.test" },
      message: "must be an http(s) URL without credentials, query and fragment",
    },
    {
      what: "a user",
      options: { baseUrl: "https://s3cr3t@b.test" },
      message: "without credentials",
    },
    {
      what: "a query",
      options: { baseUrl: "https://b.test?key=s3cr3t" },
      message: "without",
    },
    { what: "a fragment", options: { baseUrl: "https://b.test#s3cr3t" }, message: "without" },
    ...["https://b.test/api?", "https://b.test/api/#", "https://b.test?#", "https://b.test/#"].map(
      (baseUrl) => ({
        what: baseUrl,
        options: { baseUrl },
        message: "`baseUrl` must be an http(s) URL without credentials, query and fragment",
      }),
    ),
    { what: "the call's empty query", call: { baseUrl: "https://b.test/?" }, message: "query" },
    ...["v1?", "v1#", "v1?s3cr3t", "#s3cr3t"].flatMap((base) => [
      {
        what: `the variable ${base}`,
        servers: [template],
        options: { serverVariables: { base } },
        message: "server must be an http(s) URL without credentials, query and fragment",
      },
      {
        what: `the variable ${base} of a relative server`,
        servers: [serverTemplate("/{base}", {})],
        options: { serverVariables: { base }, baseUrl: "https://b.test" },
        message: "server must be an http(s) URL without credentials, query and fragment",
      },
    ]),
    {
      what: "the call's credentials",
      call: { baseUrl: "https://u:s3cr3t@b.test" },
      message: "without",
    },
    { what: "a variable without a value", servers: [template], message: 'variable "base"' },
    {
      what: "a value that is not in the enum",
      servers: [template],
      options: { serverVariables: { base: "b", port: "s3cr3t" } },
      message: 'variable "port"',
    },
    {
      what: "an unknown variable",
      servers: [serverTemplate("https://{__proto__}", {})],
      message: 'variable "__proto__"',
    },
    {
      what: "an operation's server of another scheme",
      servers: absolute,
      server: "file:///etc/passwd",
      message: "must be an http(s) URL",
    },
  ])("$what", async ({ message, ...row }) => {
    for (const isSecret of [true, false]) {
      const error = await failureOf(sent({ ...row, url: "" }, "/x", isSecret));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain(message);
      expect(String(error)).not.toContain("s3cr3t");
    }
  });

  it("the constructor never throws", () => {
    expect(() => new TestApi({ baseUrl: "nonsense" })).not.toThrow();
  });
});

describe("url()", () => {
  it("is a URL, and no request", () => {
    const api = new TestApi({
      baseUrl: "https://b.test/a",
      auth: { key: "s3cr3t" },
      headers: { x: "1" },
    });
    const url = api.link({
      path: "/oauth/{id}",
      pathParams: { id: "é/" },
      query: { redirect_uri: "https://c.test/?a=b", scope: "read write" },
    });
    expect(url).toBeInstanceOf(URL);
    expect(url.href).toBe(
      "https://b.test/a/oauth/%C3%A9%2F?redirect_uri=https%3A%2F%2Fc.test%2F%3Fa%3Db&scope=read%20write",
    );
    expect(url.searchParams.get("redirect_uri")).toBe("https://c.test/?a=b");
    expect(server.requests).toHaveLength(0);
  });

  it("throws at once", () => {
    expect(() => new TestApi({}).link()).toThrow(ConfigurationError);
    expect(() => new TestApi({ baseUrl: "https://b.test" }).link({ path: "/{id}" })).toThrow(
      ConfigurationError,
    );
  });
});

describe("where the next call goes", () => {
  const calls: readonly (Row & { readonly what: string })[] = [
    { what: "of one client", url: "https://b.test/x", options: { baseUrl: "https://b.test" } },
    { what: "the same again", url: "https://b.test/x", options: { baseUrl: "https://b.test" } },
    { what: "of another", url: "https://c.test/x", options: { baseUrl: "https://c.test" } },
    { what: "of the document", url: "https://api.test/v1/x" },
    {
      what: "of a call with its own",
      url: "https://d.test/x",
      options: { baseUrl: "https://c.test" },
      call: { baseUrl: "https://d.test" },
    },
    {
      what: "of the operation",
      url: "https://e.test/x",
      options: { baseUrl: "https://c.test" },
      server: "https://e.test",
      trusted: false,
    },
    {
      what: "of the client again",
      url: "https://c.test/x",
      options: { baseUrl: "https://c.test" },
    },
    {
      what: "of another service",
      url: "https://c.test/api/v2/x",
      options: { baseUrl: "https://c.test" },
      servers: relative,
    },
  ];

  it("is settled by what it is told, and not by the one before", async () => {
    for (const { what, url, trusted = true, ...row } of [...calls, ...calls.toReversed()]) {
      const request = await sent({ what, url, servers: absolute, ...row }, "/x", trusted);
      expect(request.url, what).toBe(url);
      expect(request.headers.has("authorization"), what).toBe(trusted);
    }
  });

  it("follows a URL that is changed", async () => {
    const baseUrl = new URL("https://b.test/one");
    const row = { what: "", url: "", servers: absolute, options: { baseUrl } };
    expect((await sent(row)).url).toBe("https://b.test/one/x");
    baseUrl.pathname = "/two";
    expect((await sent(row)).url).toBe("https://b.test/two/x");
  });

  it("is refused where its own is empty", async () => {
    const row = { what: "", url: "", servers: absolute };
    await sent(row);
    await expect(sent({ ...row, call: { baseUrl: "" } })).rejects.toThrow(ConfigurationError);
    await expect(sent({ ...row, options: { baseUrl: "" } })).rejects.toThrow(ConfigurationError);
  });
});
