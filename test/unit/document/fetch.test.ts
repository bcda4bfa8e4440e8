import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { printDiagnostics } from "../../../generator/diagnostics/print.js";
import {
  createFetchFile,
  type AllowedOrigin,
  type Fetched,
} from "../../../generator/document/fetch-file.js";
import { LIMITS, type Limits } from "../../../generator/document/limits.js";
import { isPublicAddress } from "../../../generator/document/public-address.js";
import { loadFrom } from "./memory-files.js";

/** What the servers answer, by path. Two of them stand for two origins. */
const ANSWERS: Readonly<Record<string, (response: ServerResponse, other: string) => void>> = {
  "/pet.yaml": text("type: object\nproperties:\n  owner: { $ref: people/owner.json#/Owner }\n"),
  "/people/owner.json": text('{ "Owner": { "type": "string" } }'),
  "/elsewhere": redirect((other) => `${other}/pet.yaml`),
  "/moved": redirect(() => "/people/../moved/pet.yaml"),
  "/moved/pet.yaml": text("properties: { toy: { $ref: toy.yaml } }"),
  "/moved/toy.yaml": text("type: number"),
  "/circle": redirect(() => "/circle"),
  "/nowhere": redirect(() => "http://[broken"),
  "/file": redirect(() => "file:///etc/passwd"),
  "/metadata": redirect(() => "http://169.254.169.254/latest"),
  "/broken": text("[ SECRET"),
  "/secret": (response) => response.writeHead(500, "SECRET").end("SECRET"),
  "/packed": (response) => response.writeHead(200, { "content-encoding": "gzip" }).end("SECRET"),
  "/large": (response) => response.write("x".repeat(2000)),
  "/silent": () => undefined,
  "/stalled": (response) => response.write("type: object"),
  "/cut": (response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("type: object", () => response.destroy());
  },
  "/leads-home": text("{ $ref: 'file:///memory/api/secret.yaml' }"),
  "/leads-away": text("{ $ref: 'https://elsewhere.example/a.yaml' }"),
};

let servers: readonly Server[];
let origin: string;
let other: string;
let requests: IncomingMessage[] = [];

beforeAll(async () => {
  servers = await Promise.all([startServer(() => other), startServer(() => origin)]);
  [origin = "", other = ""] = servers.map(
    (server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  );
});
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});
beforeEach(() => {
  requests = [];
});

describe("files of an allowed origin", () => {
  test("become part of the document, with what they refer to", async () => {
    const { value, diagnostics } = await load("/pet.yaml");
    expect(diagnostics).toEqual([]);
    expect(value?.document).toMatchObject({
      components: {
        schemas: {
          A: { properties: { owner: { $ref: "#/components/schemas/Owner" } } },
          Owner: { type: "string" },
        },
      },
    });
    expect(value?.origins.get("/components/schemas/Owner")?.file).toBe(
      `${origin}/people/owner.json`,
    );
  });

  test("are fetched once, whatever refers to them", async () => {
    await loadFrom(
      {
        "api.yaml": document({
          A: `${origin}/pet.yaml`,
          B: `${origin}/./pet.yaml#/properties/owner`,
        }),
      },
      { origins: [{ origin }] },
    );
    expect(requests.map(({ url }) => url)).toEqual(["/pet.yaml", "/people/owner.json"]);
  });

  test("are not fetched where the document has a schema with that $id", async () => {
    const schemas = { A: { $ref: `${origin}/pet.yaml` }, B: { $id: `${origin}/pet.yaml` } };
    const text = JSON.stringify({ openapi: "3.1.0", components: { schemas } });
    const { diagnostics } = await loadFrom({ "api.yaml": text }, { origins: [{ origin }] });
    expect(diagnostics).toEqual([]);
    expect(requests).toEqual([]);
  });

  test("are relative to where they were found in the end", async () => {
    const { value } = await load("/moved");
    expect(value?.document).toMatchObject({
      components: {
        schemas: {
          A: { properties: { toy: { $ref: "#/components/schemas/toy" } } },
          toy: { type: "number" },
        },
      },
    });
  });

  test("nothing else of a document is fetched", async () => {
    const text = JSON.stringify({
      openapi: "3.1.0",
      jsonSchemaDialect: `${origin}/dialect`,
      externalDocs: { url: `${origin}/docs` },
      components: {
        schemas: { A: { $id: `${origin}/id`, $schema: `${origin}/schema` } },
        examples: { E: { externalValue: `${origin}/example` } },
        securitySchemes: { S: { type: "openIdConnect", openIdConnectUrl: `${origin}/connect` } },
      },
    });
    await loadFrom({ "api.yaml": text }, { origins: [{ origin }] });
    expect(requests).toEqual([]);
  });
});

describe("credentials", () => {
  const headers = { authorization: "Bearer TOKEN", "x-api-key": "TOKEN" };

  test("go to their own origin only, also when that redirects", async () => {
    const origins = [{ origin, headers }, { origin: other }];
    const { diagnostics } = await load("/elsewhere", origins);
    expect(diagnostics).toEqual([]);
    const sent = requests.map(({ url, headers: got }) => [
      url,
      got.authorization,
      got["x-api-key"],
    ]);
    expect(sent).toEqual([
      ["/elsewhere", "Bearer TOKEN", "TOKEN"],
      ["/pet.yaml", undefined, undefined],
      ["/people/owner.json", undefined, undefined],
    ]);
  });

  test("in a URL are not sent", async () => {
    const found = await codeAndText(
      origin.replace("http://", "http://user:SECRETPASS@") + "/pet.yaml",
    );
    expect(found.codes).toEqual(["fetch-failed"]);
    expect(requests).toEqual([]);
  });
});

describe("what is not read", () => {
  test.each([
    ["/elsewhere", "fetch-failed", "from where nothing may be fetched"],
    ["/metadata", "fetch-failed", "from where nothing may be fetched"],
    ["/file", "fetch-failed", "from where nothing may be fetched"],
    ["/nowhere", "fetch-failed", "a redirection to no URL"],
    ["/circle", "fetch-failed", "redirected more than 5 times"],
    ["/missing", "fetch-failed", "answered with status 404"],
    ["/secret", "fetch-failed", "answered with status 500"],
    ["/packed", "fetch-failed", "a compressed file"],
    ["/large", "fetch-failed", "larger than 1000 bytes"],
    ["/silent", "fetch-failed", "not answered within 1 seconds"],
    ["/stalled", "fetch-failed", "not answered within 1 seconds"],
    ["/cut", "fetch-failed", "cannot be fetched (ECONNRESET)"],
    ["/broken", "invalid-referenced-file", "no well-formed YAML or JSON (yaml-syntax, line 1)"],
    ["/leads-home", "reference-outside-root", "an absolute path"],
    ["/leads-away", "remote-reference-refused", "an origin from which nothing may be fetched"],
  ])("%s", async (path, code, problem) => {
    const { codes, text } = await codeAndText(`${origin}${path}`, [{ origin }], {
      bytes: 1000,
      fetchSeconds: 1,
    });
    expect(codes).toEqual([code]);
    expect(text).toContain(problem);
    expect(text).not.toContain("SECRET");
  });

  test.each(["/a.yaml", "/../secret.yaml", "//127.0.0.1/a.yaml"])(
    "a local file from a fetched one: %s",
    async (path) => {
      const found = await codeAndText(`${origin}${path}`);
      expect(found.codes).toEqual(["fetch-failed"]);
    },
  );

  test.each([
    ["one address of its own network", ["10.0.0.1"]],
    ["the address of metadata", ["169.254.169.254"]],
    ["a public address and another one", ["93.184.216.34", "127.0.0.1"]],
    ["an IPv6 address that holds an IPv4 one", ["::ffff:10.0.0.1"]],
    ["nothing", []],
  ])("a name that leads to %s", async (_name, addresses) => {
    const problem = "leads to an address that is not public";
    const found = await fetchedWith({ origin: "https://host.example:1" }, addresses);
    expect(found).toEqual({ problem: expect.stringContaining(problem) as string });
  });

  test("a name that may lead to its own network is tried", async () => {
    const entry = { origin: "https://host.example:1", privateNetwork: true };
    expect(await fetchedWith(entry, ["127.0.0.1"])).toEqual({
      problem: "cannot be fetched (ECONNREFUSED)",
    });
  });
});

/** What comes of a file of an origin whose name leads to some addresses. */
function fetchedWith(entry: AllowedOrigin, addresses: readonly string[]): Promise<Fetched> {
  const found = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  return createFetchFile([entry], LIMITS, {
    lookup: () => Promise.resolve(found),
    wait: () => Promise.resolve(),
  })(`${entry.origin}/a`);
}

describe("public addresses", () => {
  test.each([
    "93.184.216.34",
    "1.1.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700:4700::1111",
    "2a00:1450::1",
  ])("%s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:a9fe:a9fe",
    "::127.0.0.1",
    "64:ff9b::a00:1",
    "100::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "2002:a00:1::",
    "localhost",
    "",
  ])("no: %s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

function load(
  path: string,
  origins: readonly AllowedOrigin[] = [{ origin }],
): ReturnType<typeof loadFrom> {
  return loadFrom({ "api.yaml": document({ A: origin + path }) }, { origins });
}

async function codeAndText(
  url: string,
  origins: readonly AllowedOrigin[] = [{ origin }],
  limits: Partial<Limits> = {},
): Promise<{ readonly codes: readonly string[]; readonly text: string }> {
  const { diagnostics } = await loadFrom({ "api.yaml": document({ A: url }) }, { origins, limits });
  const text = printDiagnostics(diagnostics, undefined, { color: false });
  return { codes: diagnostics.map(({ code }) => code), text };
}

function document(schemas: Readonly<Record<string, string>>): string {
  const entries = Object.entries(schemas).map(([name, $ref]) => [name, { $ref }]);
  return JSON.stringify({
    openapi: "3.1.0",
    components: { schemas: Object.fromEntries(entries) as unknown },
  });
}

function startServer(otherOrigin: () => string): Promise<Server> {
  const server = createServer((request, response) => {
    requests.push(request);
    const answer = ANSWERS[request.url ?? ""];
    if (answer === undefined) response.writeHead(404).end("SECRET");
    else answer(response, otherOrigin());
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve(server);
    });
  });
}

function text(body: string): (response: ServerResponse) => void {
  return (response) => void response.end(body);
}

function redirect(
  to: (other: string) => string,
): (response: ServerResponse, other: string) => void {
  return (response, otherOrigin) =>
    void response.writeHead(302, { location: to(otherOrigin) }).end("SECRET");
}
