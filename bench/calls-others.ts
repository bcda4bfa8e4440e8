import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../test/support/repository.js";

/** The services whose clients are compared. */
export const SERVICES = ["sftpgo", "peertube", "mastodon"] as const;
export type Service = (typeof SERVICES)[number];

/** The packages that are compared with, and what their rows are called. */
const PACKAGES = {
  "hey-api": "@hey-api/openapi-ts",
  orval: "orval",
  "openapi-fetch": "openapi-fetch",
  ky: "ky",
} as const;
export type Other = keyof typeof PACKAGES;

/** The name of a package as tables show it, with the version that is installed. */
export function titleOf(other: Other): string {
  const { version } = JSON.parse(
    readFileSync(installed(PACKAGES[other], "package.json"), "utf8"),
  ) as { readonly version: string };
  return `${other} ${version}`;
}

/** A file of a package that `npm ci --prefix bench` installed. */
export function installed(...parts: readonly string[]): string {
  return path.join(repository("bench/node_modules"), ...parts);
}

/** A Node.js that is new enough for the others: that of the bench, or else the running one. */
export function node(): string {
  const places = ["x64", "arm64"].map((kind) => installed(`node24-linux-${kind}`, "bin", "node"));
  return places.find((place) => existsSync(place)) ?? process.execPath;
}

/**
 * Generates the clients of the others into a folder, from the documents that ours are made of.
 * `hey-api-sftpgo/index.ts` has everything of one, `orval-sftpgo/` a folder for each tag.
 */
export function makeOthers(folder: string): void {
  for (const service of SERVICES) {
    const document = path.join(folder, `${service}.yaml`);
    writeFileSync(
      document,
      run(process.execPath, [repository("generator/bin.js"), "bundle", service]),
    );
    const heyApi = path.join(folder, `hey-api-${service}`);
    const plugins = ["@hey-api/client-fetch", "@hey-api/sdk", "@hey-api/typescript"];
    const ownPlugins = plugins.flatMap((plugin) => ["-p", plugin]);
    run(
      node(),
      [installed(PACKAGES["hey-api"], "bin/run.js"), "-i", document, "-o", heyApi, ...ownPlugins],
      folder,
    );
    const output = {
      mode: "tags-split",
      target: path.join(folder, `orval-${service}`, "api.ts"),
      client: "fetch",
    };
    const config = path.join(folder, `orval-${service}.config.mjs`);
    const settings = { api: { input: { target: document, validation: false }, output } };
    writeFileSync(config, `export default ${JSON.stringify(settings)};\n`);
    run(node(), [installed(PACKAGES.orval, "dist/bin/orval.mjs"), "--config", config], folder);
  }
}

/** The modules of orval's client, one for each tag. */
export function orvalModules(folder: string, service: Service): readonly string[] {
  return readdirSync(path.join(folder, `orval-${service}`), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(folder, `orval-${service}`, name, `${name}.ts`));
}

function run(program: string, words: readonly string[], folder = repository("")): string {
  return execFileSync(program, words, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
}
