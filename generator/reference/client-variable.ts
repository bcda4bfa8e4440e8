import { isTakenForClient } from "../examples/taken-names.js";
import { camelCase } from "../names/words.js";

/**
 * The variable that holds the client in programs, after the folder that they import it from: `sftpgo` for
 * `./generated/sftpgo/index.js`.
 */
export function clientVariableOf(clientModule: string): string {
  const [folder = ""] = clientModule.split("/").slice(-2);
  const name = camelCase(folder);
  if (name === "") return "client";
  return isTakenForClient(name) ? `${name}Client` : name;
}
