import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import path from "node:path";
import {
  build,
  createLogger,
  createServer,
  version,
  type HotPayload,
  type ViteDevServer,
} from "vite";
import { describe, expect, it } from "vitest";
import { driftline, type DriftlineOptions } from "../../generator/vite/plugin.js";
import { inTemporaryFolder } from "../cli/support.js";
import { PET, PETS } from "../programming/support.js";

const CONFIGURATION = "services: { pets: { input: specs/api.yaml } }\noutput: src/api\n";
const MAIN = `import { Pets } from "./api/pets/index.js";\nconsole.log(new Pets());\n`;

function write(folder: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

/** A project of Vite with a document in two files. */
function inProject(action: (folder: string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    write(folder, "driftline.yaml", CONFIGURATION);
    write(folder, "specs/api.yaml", PETS);
    write(folder, "specs/schemas/pet.yaml", PET);
    write(folder, "src/main.ts", MAIN);
    write(folder, "index.html", '<script type="module" src="/src/main.ts"></script>\n');
    await action(folder);
  });
}

/** The text of a file; empty in the moment in which another one takes its place. */
function read(folder: string, file: string): string {
  try {
    return readFileSync(path.join(folder, file), "utf8");
  } catch {
    return "";
  }
}

/** A logger that keeps what it is told. */
function keepingLogger(lines: string[]): ReturnType<typeof createLogger> {
  const keep = (text: string): void => void lines.push(text);
  return { ...createLogger("silent"), info: keep, warn: keep, warnOnce: keep, error: keep };
}

async function built(folder: string, options?: DriftlineOptions): Promise<string> {
  await build({
    root: folder,
    configFile: false,
    plugins: [driftline(options)],
    logLevel: "silent",
  });
  return read(folder, "dist/index.html");
}

/** What a build fails with: the error itself of Rollup, and one around it of Rolldown, which Vite 8 has. */
interface BuildError extends Error {
  readonly errors?: readonly unknown[];
}

it("is tried with the version of Vite that is meant", () => {
  // Set by vitest.config.ts beside this file.
  expect(version.split(".")[0]).toBe(process.env["VITE_MAJOR"] ?? "8");
});

describe("a build", () => {
  it("generates before anything is bundled", { timeout: 60_000 }, () =>
    inProject(async (folder) => {
      expect(await built(folder)).toContain("<script");
      expect(read(folder, "src/api/pets/models.ts")).toContain("age?: number");
    }),
  );

  it("fails with the place of an error", { timeout: 60_000 }, () =>
    inProject(async (folder) => {
      const document = path.join(folder, "specs/api.yaml");
      write(folder, "specs/api.yaml", PETS.replace("#/Pet", "#/Cat"));
      const error = (await built(folder).catch((reason: unknown) => reason)) as BuildError;
      expect(error.message).toMatch(/api\.yaml(?::13:53| \(13:53\))/);
      expect(error.errors?.[0] ?? error).toMatchObject({
        message: expect.stringContaining("#/Cat") as string,
        plugin: "driftline",
        id: document,
        loc: { file: document, line: 13 },
        frame: expect.stringContaining("> 13 |") as string,
      });
    }),
  );

  it("fails where check is asked for and something is out of date", { timeout: 60_000 }, () =>
    inProject(async (folder) => {
      await expect(built(folder, { check: true })).rejects.toMatchObject({
        message: expect.stringMatching(
          /out of date. Run "driftline generate"\.[\s\S]*never-generated/,
        ) as string,
      });
      expect(() => statSync(path.join(folder, "src/api"))).toThrow();
      await built(folder);
      await built(folder, { check: true });
    }),
  );
});

/** A development server, what it tells browsers, and what it logs. */
interface Development {
  readonly server: ViteDevServer;
  readonly sent: HotPayload[];
  readonly log: string[];
}

function inDevelopment(
  action: (folder: string, development: Development) => Promise<void>,
): Promise<void> {
  return inProject(async (folder) => {
    const log: string[] = [];
    const sent: HotPayload[] = [];
    const server = await createServer({
      root: folder,
      configFile: false,
      plugins: [driftline()],
      customLogger: keepingLogger(log),
      server: { port: 0, host: "127.0.0.1" },
    });
    const send = server.ws.send.bind<(...all: readonly unknown[]) => void>(server.ws);
    server.ws.send = (...all: readonly unknown[]) => {
      const [payload] = all;
      if (typeof payload === "object") sent.push(payload as HotPayload);
      send(...all);
    };
    try {
      await server.listen();
      await action(folder, { server, sent, log });
    } finally {
      await server.close();
    }
  });
}

/** Waits until something holds; there is no telling when a file system tells of a change. */
async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error("It never came to hold.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("a development server", () => {
  it("generates before it serves anything, and again when a document changes", async () => {
    await inDevelopment(async (folder, { server, sent }) => {
      const models = (): string => read(folder, "src/api/pets/models.ts");
      expect(models()).toContain("age?: number");
      const served = await server.transformRequest("/src/api/pets/index.ts");
      expect(served?.code).toContain("client.ts");
      write(folder, "specs/schemas/pet.yaml", PET.replace("age:", "years:"));
      await until(() => models().includes("years?: number"));
      const isTold = (payload: HotPayload): boolean =>
        payload.type === "update" || payload.type === "full-reload";
      await server.transformRequest("/src/api/pets/client.ts");
      write(folder, "specs/api.yaml", PETS.replace("title: Pets", "title: Animals"));
      await until(() => sent.some(isTold));
    });
  }, 60_000);

  it("shows an error in the browser until it is mended, to those who come later, too", async () => {
    await inDevelopment(async (folder, { server, sent, log }) => {
      const document = path.join(folder, "specs/api.yaml");
      write(folder, "specs/api.yaml", PETS.replace("#/Pet", "#/Cat"));
      await until(() => sent.some(({ type }) => type === "error"));
      const shown = sent.find((payload) => payload.type === "error");
      expect(shown).toMatchObject({
        type: "error",
        err: {
          plugin: "driftline",
          message: expect.stringContaining("hint: ") as string,
          stack: "",
          id: document,
          loc: { file: document, line: 13 },
          frame: expect.stringContaining("> 13 |") as string,
        },
      });
      expect(log.join("\n")).toContain("specs/api.yaml:13");
      expect(await firstOf(server, "error")).toEqual(shown);
      write(folder, "specs/api.yaml", PETS);
      await until(() => sent.some((payload) => payload.type === "update"));
    });
  }, 60_000);

  it("takes files that editors put in place of others, and that are gone for a while", async () => {
    await inDevelopment(async (folder, { sent }) => {
      const models = (): string => read(folder, "src/api/pets/models.ts");
      const pet = path.join(folder, "specs/schemas/pet.yaml");
      for (const name of ["first", "second"]) {
        write(folder, "specs/schemas/pet.yaml.new", PET.replace("age:", `${name}:`));
        renameSync(`${pet}.new`, pet);
        await until(() => models().includes(`${name}?: number`));
      }
      rmSync(pet);
      await until(() => sent.some(({ type }) => type === "error"));
      write(folder, "specs/schemas/pet.yaml", PET.replace("age:", "third:"));
      await until(() => models().includes("third?: number"));
    });
  }, 60_000);

  it("takes another configuration, and does nothing for files of its own", async () => {
    await inDevelopment(async (folder, { log }) => {
      const changed = CONFIGURATION.replace("api.yaml }", "api.yaml, int64: bigint }");
      write(folder, "driftline.yaml", changed);
      const models = (): string => read(folder, "src/api/pets/models.ts");
      await until(() => models().includes("age?: bigint"));
      await until(() => log.filter((line) => line.includes("files written")).length === 2);
      const before = log.length;
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(log.slice(before).filter((line) => line.includes("driftline"))).toEqual([]);
    });
  }, 60_000);
});

/** The first message of a kind that a browser gets that connects now. Node.js 20 has no WebSocket of its own. */
function firstOf(server: ViteDevServer, type: HotPayload["type"]): Promise<unknown> {
  const address = server.httpServer?.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return new Promise((resolve, reject) => {
    const request = get({
      port,
      host: "127.0.0.1",
      path: "/",
      headers: {
        connection: "Upgrade",
        upgrade: "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
        "sec-websocket-protocol": "vite-hmr",
      },
    });
    request.on("error", reject);
    request.on("upgrade", (_answer, socket, head) => {
      let bytes = head;
      const look = (): void => {
        const found = messagesOf(bytes).find((payload) => payload.type === type);
        if (found === undefined) return;
        socket.destroy();
        resolve(found);
      };
      socket.on("data", (data: Buffer) => {
        bytes = Buffer.concat([bytes, data]);
        look();
      });
      look();
    });
  });
}

/** The whole messages at the beginning of a stream: unmasked frames of text below 64 KB (RFC 6455, 5.2). */
function messagesOf(bytes: Buffer): readonly HotPayload[] {
  const messages: HotPayload[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const short = bytes.readUInt8(at + 1);
    const start = short === 126 ? at + 4 : at + 2;
    const end = start + (short === 126 ? bytes.readUInt16BE(at + 2) : short);
    if (end > bytes.length) break;
    messages.push(JSON.parse(bytes.toString("utf8", start, end)) as HotPayload);
    at = end;
  }
  return messages;
}
