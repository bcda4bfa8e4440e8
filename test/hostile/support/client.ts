import { build, type Plugin } from "esbuild";
import type { GeneratedFile } from "../../../generator/output/generated-file.js";
import { repository } from "../../support/repository.js";

/** A call that a client made of its `fetch`. */
export interface Sent {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
}

/** What became of one method of a client. */
export interface Called {
  readonly name: string;
  readonly sent: readonly Sent[];
  /** What the method threw, or its promise. */
  readonly error: unknown;
}

type Exports = Readonly<Record<string, unknown>>;
type Method = (params?: unknown) => unknown;

/** Bundles the files of a client with the runtime, and runs that: nothing is written. */
export async function load(files: readonly GeneratedFile[]): Promise<Exports> {
  const { outputFiles } = await build({
    entryPoints: ["client:index.ts"],
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "silent",
    plugins: [inMemory(files)],
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  return (await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`)) as Exports;
}

function inMemory(files: readonly GeneratedFile[]): Plugin {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return {
    name: "client",
    setup: (bundler) => {
      bundler.onResolve({ filter: /^client:/ }, ({ path }) => ({
        path: path.slice(7),
        namespace: "client",
      }));
      bundler.onResolve({ filter: /^\./, namespace: "client" }, ({ path }) => {
        const [, stem = ""] = /^\.\.\/runtime\/(.*)\.js$/.exec(path) ?? [];
        return stem === ""
          ? { path: path.replace(/^\.\/(.*)\.js$/, "$1.ts"), namespace: "client" }
          : { path: repository(`templates/runtime/${stem}.ts`) };
      });
      bundler.onLoad({ filter: /.*/, namespace: "client" }, ({ path }) => ({
        contents: texts.get(path) ?? "",
        loader: "ts",
      }));
    },
  };
}

/** A client of a document, which talks to nobody. */
export interface Client {
  readonly object: object;
  readonly apis: readonly object[];
  /** Calls every method once. A parameter is what `values` says, or `x`. */
  readonly callAll: (values?: Readonly<Record<string, unknown>>) => Promise<readonly Called[]>;
}

/**
 * @param name of the class
 * @param auth credentials, by scheme
 */
export async function openClient(
  files: readonly GeneratedFile[],
  name: string,
  auth: object = {},
): Promise<Client> {
  const { [name]: Class } = await load(files);
  let sent: Sent[] = [];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    sent.push({ url: new URL(url), method: init.method ?? "GET", headers });
    return Promise.resolve(Response.json({}));
  };
  const options = { baseUrl: "https://api.example.test/v1", fetch, auth, retry: 0 };
  const object = new (Class as new (options: object) => object)(options);
  const prototype = Object.getPrototypeOf(object) as object;
  const apis = Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([, descriptor]) => descriptor.value === undefined)
    .map(([key]) => (object as Readonly<Record<string, object>>)[key] ?? {});
  const callAll = async (values: Readonly<Record<string, unknown>> = {}): Promise<Called[]> => {
    const called: Called[] = [];
    for (const api of apis)
      for (const key of methodsOf(api)) {
        sent = [];
        const error = await failureOf(api, key, paramsOf(values));
        called.push({ name: key, sent, error });
      }
    return called;
  };
  return { object, apis, callAll };
}

function methodsOf(api: object): readonly string[] {
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(api));
  return own.filter((key) => key !== "constructor");
}

async function failureOf(api: object, key: string, params: object): Promise<unknown> {
  try {
    const method = (api as Readonly<Record<string, Method>>)[key];
    // What takes no parameters takes options only.
    await (/^[^{]*\bparams\b/.test(String(method)) ? method?.call(api, params) : method?.call(api));
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Has a value for every parameter that a method can ask for. */
function paramsOf(values: Readonly<Record<string, unknown>>): object {
  const fixed = new Map<string, unknown>(
    Object.entries({ body: {}, accept: undefined, contentType: undefined, ...values }),
  );
  return new Proxy(
    {},
    { get: (_, key) => (typeof key === "string" && fixed.has(key) ? fixed.get(key) : "x") },
  );
}
