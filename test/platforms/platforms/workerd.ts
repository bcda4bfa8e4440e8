import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import type { CaseResult } from "../suite/suite.js";
import { bundle } from "./build.js";
import { NPM_INSTALL, type Platform } from "./platform.js";
import { installed, onPath, start, type Running } from "./program.js";

/** A worker that may use the network of this machine, behind a socket on a free port. */
const CONFIG = `
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "suite", worker = .suite),
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "suite")],
);

const suite :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-01-01",
);
`;

/** The runtime of Cloudflare Workers, from npm. */
export const WORKERD: Platform = {
  name: "workerd",
  form: "bundle",
  install: NPM_INSTALL,
  find: () =>
    installed(
      "@cloudflare/workerd-linux-64/bin/workerd",
      "@cloudflare/workerd-linux-arm64/bin/workerd",
    ) ?? onPath("workerd"),
  run: async ({ program, options, folder, signal }) => {
    await bundle("worker.ts", path.join(folder, "worker.js"));
    const config = path.join(folder, "config.capnp");
    writeFileSync(config, CONFIG);
    const args = ["serve", "--control-fd=3", config];
    const running = start({ program, args, folder, signal });
    try {
      const port = await portOf(running);
      const body = JSON.stringify(options);
      const answer = await fetch(`http://127.0.0.1:${port}`, { method: "POST", body, signal });
      if (!answer.ok) throw new Error(`answered ${answer.status}: ${running.output()}`);
      return (await answer.json()) as readonly CaseResult[];
    } finally {
      running.stop();
      await running.ended;
    }
  },
};

/** The port of the socket, which workerd tells on the control file descriptor as a line of JSON. */
async function portOf({ child, ended, output }: Running): Promise<number> {
  const control = child.stdio[3] as Readable;
  const listening = new Promise<number>((resolve) => {
    let text = "";
    control.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const port = /"port":\s*(\d+)/.exec(text)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
  const early = ended.then((code) => {
    throw new Error(`ended with ${String(code)}: ${output()}`);
  });
  return Promise.race([listening, early]);
}
