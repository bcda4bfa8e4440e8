import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, request as sendRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { DocsOutside } from "../../generator/commands/docs.js";
import { realPipeline } from "../support/pipeline.js";
import { repository } from "../support/repository.js";
import { inTemporaryFolder, runHere, type Run } from "./support.js";

const isReport = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync(repository("generator/commands/report-schema.json"), "utf8")) as object,
);

const PETS = `openapi: 3.1.0
info: { title: Pets, version: "1" }
servers: [{ url: "https://pets.example" }]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pet]
      summary: Read a pet
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        "200":
          description: The pet
          content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
`;
const CONFIGURATION = "services:\n  pets: { input: pets.yaml }\noutput: generated\n";

/** A user who opens no browser, and looks at the site with `visit` before having had enough. */
function outside(visit: () => Promise<void> = () => Promise.resolve()): DocsOutside & {
  readonly opened: readonly string[];
} {
  const opened: string[] = [];
  return {
    opened,
    open: (target) => Promise.resolve(opened.push(target)),
    interrupted: visit,
  };
}

async function inProject<T>(action: (folder: string) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    await writeFile(path.join(folder, "pets.yaml"), PETS);
    await writeFile(path.join(folder, "driftline.yaml"), CONFIGURATION);
    return action(folder);
  });
}

function run(folder: string, args: readonly string[], user = outside()): Promise<Run> {
  return runHere(folder, ["docs", ...args], realPipeline(), user);
}

/** The one document that a run printed. Throws where it is none, or not as the schema says. */
function reportOf(out: string): unknown {
  const report: unknown = JSON.parse(out);
  isReport(report);
  expect(isReport.errors ?? []).toEqual([]);
  return report;
}

describe("driftline docs --output", () => {
  test("writes the site of a service without the option docs, and nothing else", () =>
    inProject(async (folder) => {
      expect(await run(folder, ["--output", "site"])).toEqual({
        code: 0,
        out: "site/index.html\n",
        err: "",
      });
      expect((await readdir(folder)).sort()).toEqual(["driftline.yaml", "pets.yaml", "site"]);
      const page = await readFile(path.join(folder, "site/PetApi.html"), "utf8");
      expect(page).toContain('id="getPet"');
      expect(await readFile(path.join(folder, "site/models/Pet.html"), "utf8")).toContain("Pet");
    }));

  test("takes one document, too", () =>
    inProject(async (folder) => {
      const { code } = await run(folder, [
        "--input",
        "pets.yaml",
        "--name",
        "Zoo",
        "--output",
        "a",
      ]);
      expect(code).toBe(0);
      const page = await readFile(path.join(folder, "a/index.html"), "utf8");
      expect(page).toContain("<title>Zoo reference</title>");
    }));

  test("takes away pages of an earlier run that are no longer there", () =>
    inProject(async (folder) => {
      await run(folder, ["--output", "site"]);
      await writeFile(
        path.join(folder, "pets.yaml"),
        PETS.replaceAll("Pet }", "Cat }")
          .replace("Pet:", "Cat:")
          .replace("schemas/Pet", "schemas/Cat"),
      );
      expect((await run(folder, ["--output", "site"])).err).toBe("");
      expect(await readdir(path.join(folder, "site/models"))).toEqual(["Cat.html"]);
    }));

  test("writes over nothing that it did not write", () =>
    inProject(async (folder) => {
      await mkdir(path.join(folder, "site"));
      await writeFile(path.join(folder, "site/index.html"), "mine");
      const { code, err } = await run(folder, ["--output", "site"]);
      expect(code).toBe(2);
      expect(err).toContain("would-overwrite");
      expect(await readdir(path.join(folder, "site"))).toEqual(["index.html"]);
    }));

  test("writes nothing into the folder of a client", () =>
    inProject(async (folder) => {
      await runHere(folder, ["generate"], realPipeline());
      const client = path.join(folder, "generated/pets");
      const before = await readdir(client);
      const { code, err } = await run(folder, ["--output", "generated/pets"]);
      expect(code).toBe(2);
      expect(err).toContain("This folder holds generated code.");
      expect(await readdir(client)).toEqual(before);
    }));

  test("opens the site", () =>
    inProject(async (folder) => {
      const user = outside();
      await run(folder, ["--output", "site", "--open"], user);
      expect(user.opened).toEqual([path.join(folder, "site/index.html")]);
    }));

  test("tells it as JSON, too", () =>
    inProject(async (folder) => {
      const { out } = await run(folder, ["--output", "site", "--json"]);
      expect(reportOf(out)).toMatchObject({
        command: "docs",
        results: { services: ["pets"], output: "site", unchanged: 0, removed: [] },
      });
    }));
});

describe("driftline docs", () => {
  /** What the site answers while it is served. */
  async function served(
    action: (
      origin: string,
      get: (target: string, more?: Asking) => Promise<Answer>,
    ) => Promise<void>,
  ): Promise<void> {
    await inProject(async (folder) => {
      const port = await freePort();
      const user = outside(() =>
        action(`http://127.0.0.1:${port}`, (target, more) => ask(port, target, more)),
      );
      const { code, out, err } = await run(folder, ["--port", String(port), "--open"], user);
      expect({ code, out, err }).toEqual({
        code: 0,
        out: `http://127.0.0.1:${port}/\n`,
        err: "Press Ctrl-C to end.\n",
      });
      expect(user.opened).toEqual([`http://127.0.0.1:${port}/`]);
      await expect(ask(port, "/")).rejects.toThrow("ECONNREFUSED");
    });
  }

  test("serves the pages until it is ended", () =>
    served(async (_origin, get) => {
      expect(await get("/")).toMatchObject({ status: 200, type: "text/html; charset=utf-8" });
      expect((await get("/PetApi.html?x#y")).body).toContain("getPet");
      expect(await get("/site.css")).toMatchObject({
        status: 200,
        type: "text/css; charset=utf-8",
      });
      expect((await get("/search.js")).body).toContain("getPet");
      expect(await get("/", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
    }));

  test("has nothing but the pages, and only for this machine", () =>
    served(async (_origin, get) => {
      for (const target of [
        "/nothing",
        "/../driftline.yaml",
        "/%2e%2e/driftline.yaml",
        "//etc/passwd",
        "/constructor",
      ])
        expect(await get(target)).toMatchObject({ status: 404 });
      expect(await get("/", { method: "POST" })).toMatchObject({ status: 405 });
      expect(await get("/", { host: "evil.example" })).toMatchObject({ status: 403 });
      expect(await get("/", { host: "127.0.0.1:1" })).toMatchObject({ status: 403 });
    }));

  test("lets browsers do nothing but show them", () =>
    served(async (_origin, get) => {
      for (const target of ["/", "/site.js", "/nothing"]) {
        const { headers } = await get(target);
        expect(headers["content-security-policy"]).toMatch(
          /^default-src 'none'; .*frame-ancestors 'none'$/,
        );
        expect(headers["x-content-type-options"]).toBe("nosniff");
      }
    }));

  test("tells where, as JSON", () =>
    inProject(async (folder) => {
      const { out, err } = await run(folder, ["--json"]);
      expect(err).toBe("");
      const { results } = reportOf(out) as { results: { url: string } };
      expect(results).toEqual({ services: ["pets"], url: results.url });
      expect(results.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    }));

  test("ends clean when it is interrupted", { timeout: 60_000 }, () =>
    inProject(async (folder) => {
      const child = spawn(process.execPath, [repository("generator/bin.js"), "docs"], {
        cwd: folder,
        stdio: ["ignore", "pipe", "ignore"],
      });
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      expect((await fetch(line.toString().trim())).status).toBe(200);
      child.kill("SIGINT");
      expect(await once(child, "exit")).toEqual([0, null]);
    }),
  );

  test.each([
    ["a port that is none", ["--port", "x"], "--port is a number up to 65535."],
    ["a port too high", ["--port", "65536"], "--port is a number up to 65535."],
    [
      "a port for files",
      ["--port", "1", "--output", "a"],
      "--port and --output exclude each other.",
    ],
    ["an unknown service", ["cats"], 'There is no service "cats".'],
    ["a missing document", ["--input", "cats.yaml"], "cats.yaml"],
    ["--name without --input", ["--name", "Zoo"], "--name needs --input."],
  ])("refuses %s", (_name, args, message) =>
    inProject(async (folder) => {
      const { code, err } = await run(folder, args);
      expect(code).toBe(2);
      expect(err).toContain(message);
    }),
  );

  test("refuses a port that somebody else has", () =>
    inProject(async (folder) => {
      const other = createServer().listen(0, "127.0.0.1");
      await once(other, "listening");
      const { port } = other.address() as AddressInfo;
      const { code, err } = await run(folder, ["--port", String(port)]);
      other.close();
      expect(code).toBe(2);
      expect(err).toContain(`Nothing can be served on port ${port}: EADDRINUSE.`);
    }));

  test("refuses a document that is not right", () =>
    inProject(async (folder) => {
      await writeFile(path.join(folder, "pets.yaml"), PETS.replace("schemas/Pet", "schemas/Gone"));
      const { code, err } = await run(folder, []);
      expect(code).toBe(2);
      expect(err).toContain("pets.yaml:");
    }));
});

interface Asking {
  readonly method?: string;
  readonly host?: string;
}

interface Answer {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Sends a target as it is written, which `fetch` would not. */
async function ask(
  port: number,
  target: string,
  { method = "GET", host }: Asking = {},
): Promise<Answer> {
  const headers = host === undefined ? {} : { host };
  const request = sendRequest({
    host: "127.0.0.1",
    port,
    path: target,
    method,
    headers,
    agent: false,
  });
  request.end();
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const { statusCode: status, headers: answered } = response;
  return { status, type: answered["content-type"], headers: answered, body: await text(response) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
