import {
  arrayMember,
  isObject,
  member,
  objectMember,
  sortedEntries,
  stringMember,
} from "../document/json.js";
import type { JsonValue } from "../document/source.js";
import type { ServerInfo } from "./resolved-api.js";

/** The servers of the document, a path or an operation (OpenAPI 3.1, 4.8.5), in their order. */
export function resolveServers(owner: JsonValue | undefined): readonly ServerInfo[] {
  return arrayMember(owner, "servers").flatMap((server) => {
    const url = stringMember(server, "url");
    return url === undefined ? [] : [resolveServer(url, server)];
  });
}

function resolveServer(url: string, server: JsonValue): ServerInfo {
  return {
    url,
    description: stringMember(server, "description"),
    variables: sortedEntries(objectMember(server, "variables"))
      .filter(([name, variable]) => isObject(variable) && url.includes(`{${name}}`))
      .map(([name, variable]) => ({
        name,
        defaultValue: scalarText(member(variable, "default")),
        values: valuesOf(variable),
        description: stringMember(variable, "description"),
      })),
  };
}

/** What a variable can be; an enumeration of nothing, which the specification forbids, leaves it open. */
function valuesOf(variable: JsonValue): readonly string[] | undefined {
  const values = arrayMember(variable, "enum").map(scalarText);
  return values.length === 0 ? undefined : values;
}

/** YAML authors write `default: 443` where the specification asks for a string. */
function scalarText(value: JsonValue | undefined): string {
  return value === undefined || value === null || typeof value === "object" ? "" : String(value);
}
