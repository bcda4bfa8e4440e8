import { RESERVED_TYPES } from "../names/reserved.js";
import { camelCase } from "../names/words.js";

/** What programs of the pages have besides the client: their own variables, and globals. */
const TAKEN: ReadonlySet<string> = new Set(
  `arguments baseUrl blob body call client console crypto data document error eval event file first global globalThis headers
  input item items length message name navigator next output page pages params path patient performance process reasonOf response result
  self session signal size status text token undefined url user value window`.split(/\s+/),
);

/**
 * The variable that holds the client in programs, after the folder that they import it from: `sftpgo` for
 * `./generated/sftpgo/index.js`.
 */
export function clientVariableOf(clientModule: string): string {
  const [folder = ""] = clientModule.split("/").slice(-2);
  const name = camelCase(folder);
  if (name === "") return "client";
  return TAKEN.has(name) || RESERVED_TYPES.has(name) ? `${name}Client` : name;
}
