import type { Operation, ResolvedApi, ServerInfo } from "../../resolve/resolved-api.js";

/** A path template without the names of its parameters, which are never sent: `/videos/{}`. */
export function erasedTemplate(path: string): string {
  return path.replace(/\{[^{}]*\}/g, "{}");
}

/** What the first server of an operation puts before its path: `/api/v1` of `https://host/api/v1/`, or nothing. */
export function basePath(api: ResolvedApi, operation: Operation): string {
  const [server] = operation.servers.length > 0 ? operation.servers : api.servers;
  return server === undefined ? "" : serverPath(server);
}

/** The path of a server's URL with the defaults of its variables, without a slash at its end. */
export function serverPath(server: ServerInfo): string {
  const url = serverUrl(server);
  // The base is a name that no document can use for an effect.
  if (!URL.canParse(url, "https://relative.invalid/")) return "";
  return new URL(url, "https://relative.invalid/").pathname.replace(/\/+$/, "");
}

/** The URL of a server with the defaults of its variables. */
export function serverUrl({ url, variables }: ServerInfo): string {
  return variables.reduce(
    (text, { name, defaultValue }) => text.replaceAll(`{${name}}`, () => defaultValue),
    url,
  );
}
