import type { ServerInfo, ServerVariable } from "../resolve/resolved-api.js";

/** The variables of all servers, by name; those of the same name in several are one option, which takes what any takes. */
export function serverVariables(servers: readonly ServerInfo[]): readonly ServerVariable[] {
  const byName = new Map<string, ServerVariable>();
  for (const variable of servers.flatMap(({ variables }) => variables)) {
    const earlier = byName.get(variable.name);
    byName.set(variable.name, earlier === undefined ? variable : joined(earlier, variable));
  }
  return [...byName.values()];
}

/** The default is that of the earlier server, for the first one counts unless a caller says otherwise. */
function joined(earlier: ServerVariable, later: ServerVariable): ServerVariable {
  const values = earlier.values &&
    later.values && [...new Set([...earlier.values, ...later.values])];
  return { ...earlier, values, description: earlier.description ?? later.description };
}
