import path from "node:path";
import { repository } from "../test/support/repository.js";
import type { Other } from "./calls-others.js";

/** A call that is measured in all clients. */
export interface MeasuredCall {
  readonly title: string;
  /**
   * For each client a module that exports `call`; `stub` and `baseUrl` are there already. Keys starting
   * with `ours` are ours.
   */
  readonly programs: Readonly<Record<string, string>>;
}

/** What all programs begin with: a `fetch` that has the answer ready, and where it is asked. */
export const START = `
const body = JSON.stringify({ access_token: "x".repeat(40), expires_at: "2026-01-01T00:00:00Z" });
const stub = () =>
  Promise.resolve(new Response(body, { headers: { "content-type": "application/json" } }));
const baseUrl = "https://host.example/api/v2";
const basic = "Basic " + btoa("alice:secret");
`;

/** The client with which all others are compared: none. */
export const RAW = "export const call = () => stub().then((response) => response.json());";

/** The calls, as programs over the clients in `folder`. */
export function measuredCalls(folder: string): readonly MeasuredCall[] {
  const ours = (name: string, service = "sftpgo"): string =>
    `import { ${name} } from ${text(repository(`generated/${service}/index.ts`))};`;
  const heyApi = (name: string, service = "sftpgo"): string =>
    `import { ${name} } from ${text(path.join(folder, `hey-api-${service}/index.ts`))};
     import { client } from ${text(path.join(folder, `hey-api-${service}/client.gen.ts`))};`;
  const orval = (name: string, module: string): string =>
    `import { ${name} } from ${text(path.join(folder, `orval-${module}.ts`))};
     globalThis.fetch = stub;`;
  const openapiFetch = (authorization?: string): string => `
    import createClient from "openapi-fetch";
    const client = createClient({ baseUrl, fetch: stub });
    const dataOf = ({ data, error }) => {
      if (error !== undefined) throw error;
      return data;
    };
    ${
      authorization === undefined
        ? ""
        : `client.use({
             onRequest({ request }) {
               request.headers.set("authorization", ${authorization});
               return request;
             },
           });`
    }`;
  const ky = (headers: string): string => `
    import ky from "ky";
    const client = ky.create({ prefix: baseUrl, fetch: stub, headers: { ${headers} } });`;
  const configure = (auth: string): string =>
    `client.setConfig({ baseUrl, fetch: stub, auth: ${auth}, throwOnError: true });`;

  return [
    {
      title: "no credentials: `getConfig` of PeerTube",
      programs: {
        ours: `${ours("ConfigApi", "peertube")}
          const api = new ConfigApi({ baseUrl, fetch: stub });
          export const call = () => api.getConfig();`,
        "ours, without timeout and retries": `${ours("ConfigApi", "peertube")}
          const api = new ConfigApi({ baseUrl, fetch: stub, timeout: 0, retry: 0 });
          export const call = () => api.getConfig();`,
        "hey-api": `${heyApi("getConfig", "peertube")}
          ${configure("undefined")}
          export const call = () => getConfig();`,
        "openapi-fetch": `${openapiFetch()}
          export const call = () => client.GET("/api/v1/config").then(dataOf);`,
        orval: `${orval("getConfig", "peertube/config/config")}
          export const call = () => getConfig();`,
        ky: `${ky("")}
          export const call = () => client.get("api/v1/config").json();`,
      },
    },
    {
      title: "a bearer token: `logout` of SFTPGo",
      programs: {
        ours: `${ours("TokenApi")}
          const api = new TokenApi({ baseUrl, fetch: stub, auth: { BearerAuth: "token" } });
          export const call = () => api.logout();`,
        "hey-api": `${heyApi("logout")}
          ${configure('"token"')}
          export const call = () => logout();`,
        "openapi-fetch": `${openapiFetch('"Bearer token"')}
          export const call = () => client.GET("/logout").then(dataOf);`,
        orval: `${orval("logout", "sftpgo/token/token")}
          export const call = () => logout({ headers: { authorization: "Bearer token" } });`,
        ky: `${ky('authorization: "Bearer token"')}
          export const call = () => client.get("logout").json();`,
      },
    },
    {
      title: "user name and password: `getToken` of SFTPGo",
      programs: {
        ours: `${ours("TokenApi")}
          const auth = { BasicAuth: { username: "alice", password: "secret" } };
          const api = new TokenApi({ baseUrl, fetch: stub, auth });
          export const call = () => api.getToken();`,
        "hey-api": `${heyApi("getToken")}
          ${configure('"alice:secret"')}
          export const call = () => getToken();`,
        "openapi-fetch": `${openapiFetch("basic")}
          export const call = () => client.GET("/token").then(dataOf);`,
        orval: `${orval("getToken", "sftpgo/token/token")}
          export const call = () => getToken({ headers: { authorization: basic } });`,
        ky: `${ky("authorization: basic")}
          export const call = () => client.get("token").json();`,
      },
    },
    {
      title: "a bearer token, a path and a query parameter: `getUserByUsername` of SFTPGo",
      programs: {
        ours: `${ours("UsersApi")}
          const api = new UsersApi({ baseUrl, fetch: stub, auth: { BearerAuth: "token" } });
          const params = { username: "alice", confidential_data: 1 };
          export const call = () => api.getUserByUsername(params);`,
        "hey-api": `${heyApi("getUserByUsername")}
          ${configure('"token"')}
          const params = { path: { username: "alice" }, query: { confidential_data: 1 } };
          export const call = () => getUserByUsername(params);`,
        "openapi-fetch": `${openapiFetch('"Bearer token"')}
          const params = { path: { username: "alice" }, query: { confidential_data: 1 } };
          export const call = () => client.GET("/users/{username}", { params }).then(dataOf);`,
        orval: `${orval("getUserByUsername", "sftpgo/users/users")}
          const options = { headers: { authorization: "Bearer token" } };
          export const call = () => getUserByUsername("alice", { confidential_data: 1 }, options);`,
        ky: `${ky('authorization: "Bearer token"')}
          const searchParams = { confidential_data: 1 };
          export const call = () => client.get("users/alice", { searchParams }).json();`,
      },
    },
  ];
}

/** Whether a program is one of ours, and otherwise whose it is. */
export function otherOf(program: string): Other | undefined {
  return program.startsWith("ours") ? undefined : (program as Other);
}

function text(value: string): string {
  return JSON.stringify(value);
}
