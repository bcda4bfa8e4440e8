import type { ServerInfo } from "../resolve/resolved-api.js";

/**
 * Where requests go unless a caller says otherwise: the first absolute server, its variables filled in with their
 * defaults. `undefined` where all servers are relative, so that a caller has to give a `baseUrl`.
 */
export function defaultBaseUrl(servers: readonly ServerInfo[]): string | undefined {
  return servers.map(filledIn).find((url) => URL.canParse(url));
}

function filledIn({ url, variables }: ServerInfo): string {
  const values = new Map(variables.map(({ name, defaultValue }) => [name, defaultValue]));
  return url.replace(/\{([^{}]*)\}/g, (written, name: string) => values.get(name) ?? written);
}
