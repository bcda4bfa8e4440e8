import { serverVariables } from "../model/server-variables.js";
import type { ServerInfo, ServerVariable } from "../resolve/resolved-api.js";
import { inlineText } from "./markdown/inline-text.js";
import { codeSpan, table } from "./markdown/parts.js";
import type { ReadmeWriting } from "./writing.js";

/** Where requests go, and which servers the document knows. */
export function baseUrlSection(writing: ReadmeWriting): string {
  const { baseUrl, servers } = writing.reference;
  const variables = serverVariables(servers);
  return writing.fill("readme-base-url", {
    preset:
      baseUrl === undefined
        ? writing.fill("base-url-needed")
        : writing.fill("base-url-preset", { url: codeSpan(baseUrl) }),
    servers: servers.length === 0 ? "" : serverTable(servers, writing),
    variables: variables.length === 0 ? "" : variablesText(variables, writing),
  });
}

function serverTable(servers: readonly ServerInfo[], writing: ReadmeWriting): string {
  return table(
    ["Server", "Description"],
    servers.map(({ url, description }) => [
      codeSpan(url),
      description === undefined ? "" : inlineText(description, writing),
    ]),
  );
}

function variablesText(variables: readonly ServerVariable[], writing: ReadmeWriting): string {
  const rows = variables.map(({ name, defaultValue, values, description }) => [
    codeSpan(name),
    codeSpan(defaultValue),
    values === undefined
      ? writing.fill("any-value")
      : values.map((value) => codeSpan(value)).join(", "),
    description === undefined ? "" : inlineText(description, writing),
  ]);
  return writing.fill("base-url-variables", {
    variables: table(["Variable", "Default", "Values", "Description"], rows),
  });
}
