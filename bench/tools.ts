import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { repository } from "../test/support/repository.js";

/** A document to generate from, and the name of the folder that its client gets. */
export interface Source {
  readonly service: string;
  /** The absolute path of the document. */
  readonly file: string;
}

/** A way to run a generator. */
export interface Tool {
  /** As tables show it: with its version, and what is special about this way to run it. */
  readonly title: string;
  /**
   * Writes what it is configured by into an empty folder, and gives the commands that make the clients there. Each is
   * the words of one process of {@link NODE}, run in that folder.
   */
  prepare(folder: string, sources: readonly Source[]): readonly Command[];
}

/** The words after `node`. */
export type Command = readonly string[];

/** A file of a package that `npm ci --prefix bench` installed. */
export function installed(...parts: readonly string[]): string {
  return path.join(repository("bench/node_modules"), ...parts);
}

/** The Node.js that all generators run on, ours too: some of the others need one this new. */
export const NODE = nodeOfBench();

/** The version of {@link NODE}. */
export const NODE_VERSION = execFileSync(NODE, ["--version"], { encoding: "utf8" })
  .trim()
  .slice("v".length);

/**
 * The environment of a process that is measured.
 *
 * @param usage a folder in which each process leaves what it used; `usage.js` does that
 */
export function environmentOf(usage: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    // Where others look for prettier.
    PATH: [installed(".bin"), path.dirname(NODE), process.env["PATH"]].join(path.delimiter),
    NODE_OPTIONS: `--import ${pathToFileURL(repository("bench/usage.js")).href}`,
    DRIFTLINE_BENCH_USAGE: usage,
    // kubb would report each run.
    DO_NOT_TRACK: "1",
  };
}

/** Driftline as it is published: `npm run build` makes it. */
export function driftline(withPages: boolean): Tool {
  return {
    title: withPages ? "driftline, with pages" : "driftline",
    prepare: (folder, sources) => {
      const services = sources.map(({ service, file }) => [
        service,
        { input: path.relative(folder, file), docs: withPages },
      ]);
      const settings = { services: Object.fromEntries(services) as unknown, output: "clients" };
      // JSON is YAML.
      writeFileSync(path.join(folder, "driftline.yaml"), JSON.stringify(settings));
      return [[DRIFTLINE, "generate"]];
    },
  };
}

/** The program that is published. */
export const DRIFTLINE = repository("dist/bin.cjs");

/** `@hey-api/openapi-ts`, with its SDK, types and client of `fetch`. */
export function heyApi(withPrettier: boolean): Tool {
  return {
    title: titleOf("@hey-api/openapi-ts", withPrettier),
    prepare: (folder, sources) => {
      const configurations = sources.map(({ service, file }) => ({
        input: file,
        output: {
          path: path.join(folder, service),
          ...(withPrettier && { postProcess: ["prettier"] }),
        },
        plugins: ["@hey-api/client-fetch", "@hey-api/sdk", "@hey-api/typescript"],
      }));
      writeModule(folder, "openapi-ts.config.mjs", configurations);
      const bin = installed("@hey-api/openapi-ts", "bin/run.js");
      return [[bin, "-f", path.join(folder, "openapi-ts.config.mjs")]];
    },
  };
}

/** `orval`, with functions of `fetch` in a file for each tag. */
export function orval(withPrettier: boolean): Tool {
  return {
    title: titleOf("orval", withPrettier),
    prepare: (folder, sources) => {
      const projects = sources.map(({ service, file }) => {
        const output = {
          mode: "tags-split",
          client: "fetch",
          target: path.join(folder, service, "api.ts"),
          ...(withPrettier && { formatter: "prettier" }),
        };
        return [service, { input: { target: file, validation: false }, output }];
      });
      writeModule(folder, "orval.config.mjs", Object.fromEntries(projects));
      const bin = installed("orval", "dist/bin/orval.mjs");
      return [[bin, "--config", path.join(folder, "orval.config.mjs")]];
    },
  };
}

/** `oazapfts`, which writes one file. */
export const OAZAPFTS: Tool = {
  title: titleOf("oazapfts", false),
  prepare: (folder, sources) =>
    sources.map(({ service, file }) => [
      installed("oazapfts", "dist/cli.js"),
      file,
      path.join(folder, `${service}.ts`),
    ]),
};

/** `swagger-typescript-api`, which writes one file, and formats it itself. */
export const SWAGGER_TYPESCRIPT_API: Tool = {
  title: titleOf("swagger-typescript-api", false),
  prepare: (folder, sources) =>
    sources.map(({ service, file }) => [
      installed("swagger-typescript-api", "dist/cli.mjs"),
      ...["generate", "-p", file, "-o", folder, "-n", `${service}.ts`, "--silent"],
    ]),
};

/** `@kubb/cli`, with types and functions of `fetch` in a file each, which it writes out with its own client. */
export function kubb(withPrettier: boolean): Tool {
  return {
    title: titleOf("@kubb/cli", withPrettier),
    prepare: (folder, sources) => {
      const plugins = ["oas", "ts", "client"].map((name) => `plugin-${name}`);
      const imports = plugins.map((name, index) => {
        const module = pathToFileURL(installed("@kubb", name, "dist/index.js")).href;
        return `import * as plugin${index} from ${JSON.stringify(module)};\n`;
      });
      const projects = sources.map(({ service, file }) => ({
        name: service,
        root: folder,
        input: { path: file },
        output: { path: service, format: withPrettier && "prettier" },
      }));
      // Without generators, pluginOas writes no JSON Schemas.
      const used =
        "[plugin0.pluginOas({ validate: false, generators: [] }), plugin1.pluginTs(), " +
        'plugin2.pluginClient({ client: "fetch", bundle: true })]';
      const config = path.join(folder, "kubb.config.mjs");
      const settings = `${JSON.stringify(projects)}.map((one) => ({ ...one, plugins: ${used} }))`;
      writeFileSync(config, `${imports.join("")}export default ${settings};\n`);
      const bin = installed("@kubb/cli", "bin/kubb.cjs");
      return [[bin, "generate", "--silent", "--config", config]];
    },
  };
}

/** `openapi-typescript`, which writes one file of types. */
export const OPENAPI_TYPESCRIPT: Tool = {
  title: titleOf("openapi-typescript", false),
  prepare: (folder, sources) =>
    sources.map(({ service, file }) => [
      installed("openapi-typescript", "bin/cli.js"),
      ...[file, "-o", path.join(folder, `${service}.ts`)],
    ]),
};

/** All of the others. */
export const OTHERS: readonly Tool[] = [
  ...[OAZAPFTS, OPENAPI_TYPESCRIPT, orval(false), heyApi(false), SWAGGER_TYPESCRIPT_API],
  ...[kubb(false), orval(true), heyApi(true), kubb(true)],
];

function writeModule(folder: string, name: string, settings: unknown): void {
  writeFileSync(path.join(folder, name), `export default ${JSON.stringify(settings)};\n`);
}

function titleOf(name: string, withPrettier: boolean): string {
  const file = installed(name, "package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { readonly version: string };
  return `${name} ${version}${withPrettier ? ", with prettier" : ""}`;
}

function nodeOfBench(): string {
  const places = ["x64", "arm64"].map((kind) => installed(`node24-linux-${kind}`, "bin/node"));
  return places.find((place) => existsSync(place)) ?? process.execPath;
}
