import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { repository } from "../../support/repository.js";

const PROGRAM = repository("test/prism/node_modules/@stoplight/prism-cli/dist/index.js");

if (!existsSync(PROGRAM)) throw new Error("Prism is missing: run `npm ci --prefix test/prism`");

/** Prism, serving one document on a port of its own of this machine. */
export interface Prism {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts Prism with the document of a service, as `driftline bundle` prints it. */
export async function startPrism(service: string): Promise<Prism> {
  const folder = await mkdtemp(path.join(tmpdir(), "driftline-prism-"));
  const file = path.join(folder, "document.json");
  await writeFile(file, JSON.stringify(await bundled(service)));
  const child = spawn(process.execPath, [PROGRAM, "mock", "--port", "0", file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = new Promise<void>((resolve) =>
    child.once("exit", () => {
      resolve();
    }),
  );
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-10_000);
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    void exit.then(() => {
      reject(new Error(`Prism did not start:\n${text}`));
    });
  });
  return {
    url,
    async stop() {
      child.kill();
      await exit;
      await rm(folder, { recursive: true });
    },
  };
}

interface Servers {
  readonly servers?: readonly { readonly url: string }[];
}

type PathItem = Servers & Readonly<Record<string, unknown>>;

interface Document extends Servers {
  readonly paths: Readonly<Record<string, PathItem>>;
}

/** The document of a service. Prism looks at no server's path, so each path begins with it. */
async function bundled(service: string): Promise<object> {
  const command = [repository("generator/bin.js"), "bundle", service];
  const { stdout } = await promisify(execFile)(process.execPath, command, {
    cwd: repository(""),
    maxBuffer: 2 ** 26,
  });
  const { servers: all = [], paths, ...rest } = parse(stdout) as Document;
  const entries = Object.entries(paths).map(([name, { servers = all, ...item }]) => {
    const own = Object.values(item).find((one) => (one as Servers).servers !== undefined);
    const [server] = (own as Servers | undefined)?.servers ?? servers;
    return [pathOf(server?.url ?? "/") + name, item] as const;
  });
  return { ...rest, servers: [{ url: "/" }], paths: Object.fromEntries(entries) };
}

/** The path of a server, without a slash at its end. */
function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, "").replace(/\/$/, "");
}
