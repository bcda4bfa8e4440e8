import type { Service } from "./calls-others.js";

/*
 * The programs whose types are checked: the same three calls of each service, with ours and with the others, and the
 * use of one property of what comes back, after telling success from failure.
 */

/** One call, as it is written with each client. */
interface Call {
  /** With ours, behind `client.`. */
  readonly ours: string;
  /** The name that hey-api and orval give the function; what is passed to each. */
  readonly operation: string;
  readonly heyApi: string;
  readonly orval: string;
  /** With openapi-fetch: the path, and what stands behind it. */
  readonly path: string;
  readonly fetch: string;
  /** A property of the answer. */
  readonly property: string;
}

/** The class of each of our clients. */
export const CLASSES = { sftpgo: "SFTPGo", peertube: "PeerTube", mastodon: "Mastodon" } as const;

function byId(ours: string, operation: string, path: string, key: string, property: string): Call {
  const id = `"1"`;
  return {
    ours: `${ours}.${operation}({ ${key}: ${id} })`,
    operation,
    heyApi: `{ path: { ${key}: ${id} } }`,
    orval: id,
    path,
    fetch: `{ params: { path: { ${key}: ${id} } } }`,
    property,
  };
}

function byQuery(
  ours: string,
  operation: string,
  path: string,
  query: string,
  property: string,
): Call {
  return {
    ours: `${ours}.${operation}(${query})`,
    operation,
    heyApi: `{ query: ${query} }`,
    orval: query,
    path,
    fetch: `{ params: { query: ${query} } }`,
    property,
  };
}

const CALLS: Readonly<Record<Service, readonly Call[]>> = {
  sftpgo: [
    byQuery("users", "getUsers", "/users", "{ limit: 5 }", "length"),
    byId("users", "getUserByUsername", "/users/{username}", "username", "email"),
    byId("roles", "getRoleByName", "/roles/{name}", "name", "description"),
  ],
  peertube: [
    byQuery("video", "getVideos", "/api/v1/videos", "{ count: 5 }", "total"),
    byId("video", "getVideo", "/api/v1/videos/{id}", "id", "name"),
    byId("accounts", "getAccount", "/api/v1/accounts/{name}", "name", "displayName"),
  ],
  mastodon: [
    byId("accounts", "getAccount", "/api/v1/accounts/{id}", "id", "acct"),
    byId("statuses", "getStatus", "/api/v1/statuses/{id}", "id", "content"),
    byQuery("search", "getSearchV2", "/api/v2/search", `{ q: "a" }`, "accounts"),
  ],
};

/** What is compared. */
export const CLIENTS = [
  "ours",
  "ours, JavaScript",
  "hey-api",
  "orval",
  "openapi-typescript",
] as const;
export type Client = (typeof CLIENTS)[number];

/**
 * A program with three calls.
 *
 * @param module - where the generated code is, as an import names it.
 */
export function programOf(client: Client, service: Service, module: string): string {
  const className = CLASSES[service];
  const calls = CALLS[service];
  const from = JSON.stringify(module);
  const names = calls.map(({ operation }) => operation).join(", ");
  switch (client) {
    case "ours":
    case "ours, JavaScript":
      return (
        `import { ${className} } from ${from};\n` +
        `const client = new ${className}({ baseUrl: "https://service.example" });\n` +
        lines(calls, ({ ours }) => `client.${ours}.result()`, "data", "ok", "error")
      );
    case "hey-api":
      return (
        `import { ${names} } from ${from};\n` +
        lines(calls, ({ operation, heyApi }) => `${operation}(${heyApi})`, "data", "data", "error")
      );
    case "orval":
      return (
        `import { ${names} } from ${from};\n` +
        lines(
          calls,
          ({ operation, orval }) => `${operation}(${orval})`,
          "data",
          "status === 200",
          "data",
        )
      );
    case "openapi-typescript":
      return (
        `import createClient from "openapi-fetch";\nimport type { paths } from ${from};\n` +
        `const client = createClient<paths>({ baseUrl: "https://service.example" });\n` +
        lines(
          calls,
          ({ path, fetch }) => `client.GET(${JSON.stringify(path)}, ${fetch})`,
          "data",
          "data",
          "error",
        )
      );
  }
}

function lines(
  calls: readonly Call[],
  callOf: (call: Call) => string,
  data: string,
  success: string,
  failure: string,
): string {
  return calls
    .map(
      (call, index) =>
        `const r${index} = await ${callOf(call)};\n` +
        `if (r${index}.${success}) console.log(r${index}.${data}.${call.property});\n` +
        `else console.log(r${index}.${failure});\n`,
    )
    .join("");
}
