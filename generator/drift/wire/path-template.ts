import type { Operation, ResolvedApi, ServerInfo } from "../../resolve/resolved-api.js";

/** A path template without the names of its parameters, which are never sent: `/videos/{}`. */
export function erasedTemplate(path: string): string {
  return path.replace(/\{[^{}]*\}/g, "{}");
}

/** Tells what the first server of an operation puts before its path: `/api/v1` of `https://host/api/v1/`, or nothing. */
export function basePaths({ servers }: ResolvedApi): (operation: Operation) => string {
  const pathOf = (server: ServerInfo | undefined): string =>
    server === undefined ? "" : serverPath(server);
  const ofDocument = pathOf(servers[0]);
  return (operation) => (operation.servers.length > 0 ? pathOf(operation.servers[0]) : ofDocument);
}

/** The path of a server's URL with the defaults of its variables, without a slash at its end. */
export function serverPath(server: ServerInfo): string {
  const url = serverUrl(server);
  // The base is a name that no document can use for an effect.
  if (!URL.canParse(url, "https://relative.invalid/")) return "";
  return withoutSlash(new URL(url, "https://relative.invalid/").pathname);
}

/** Without the slashes at its end, of which a hostile document may have very many. */
export function withoutSlash(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === "/") end -= 1;
  return text.slice(0, end);
}

/** The URL of a server with the defaults of its variables. */
export function serverUrl({ url, variables }: ServerInfo): string {
  return variables.reduce(
    (text, { name, defaultValue }) => text.replaceAll(`{${name}}`, () => defaultValue),
    url,
  );
}
