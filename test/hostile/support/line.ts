import { hasErrors } from "../../../generator/diagnostics/diagnostic.js";
import type { JsonValue } from "../../../generator/document/source.js";
import { generateService } from "../../../generator/pipeline.js";
import type { ServiceOptions } from "../../../generator/commands/pipeline-port.js";
import { assertWritablePaths } from "../../../generator/output/paths.js";
import { printed, type Generated } from "../../support/generate.js";
import { loadFrom } from "../../unit/document/memory-files.js";

/** Sends a document that exists only in memory down the whole line; every file is verified on the way. */
export async function generateText(
  text: string | Uint8Array,
  options: Partial<ServiceOptions> = {},
): Promise<Generated> {
  const loaded = await loadFrom({ "api.yaml": text });
  if (loaded.value === undefined || hasErrors(loaded.diagnostics))
    return { source: undefined, files: undefined, diagnostics: loaded.diagnostics };
  const made = await generateService(loaded.value, { runtime: "../runtime", ...options });
  return {
    source: loaded.value,
    files: made.value?.files,
    pins: made.value?.pins,
    diagnostics: [...loaded.diagnostics, ...made.diagnostics],
  };
}

/** The same for a value. */
export function generateValue(
  document: JsonValue,
  options: Partial<ServiceOptions> = {},
): Promise<Generated> {
  return generateText(JSON.stringify(document, undefined, 1), options);
}

/** Characters by which a text could move a cursor, hide something or begin a line. */
export const UNSEEN = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\u2028\u2029]/u;

/** What CI services take for a command at the beginning of a line. */
const COMMAND = /^\s*(?:::|##\[|##vso\[|##teamcity\[)/m;

/**
 * What is wrong with the result of a run, whatever its document was: it has files or located errors, never both; the
 * files have names that every file system takes; and what a terminal shows is text.
 */
export function complaintsAbout(result: Generated): readonly string[] {
  const { files, diagnostics } = result;
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const shown = printed(result);
  return [
    ...((files === undefined) === errors.length > 0 ? [] : ["files beside errors, or neither"]),
    ...errors
      .filter(({ place }) => place === undefined)
      .map(({ message }) => `no place: ${message}`),
    ...(UNSEEN.test(shown) ? ["findings with something unseen in them"] : []),
    ...(COMMAND.test(shown) ? ["findings with a command to a CI service"] : []),
    ...(files ?? []).flatMap(({ path, text }) => [
      ...(/^[a-z0-9-]{1,117}\.ts$/.test(path) ? [] : [`a file called ${JSON.stringify(path)}`]),
      ...(UNSEEN.test(text) ? [`${path} has something unseen in it`] : []),
    ]),
    ...pathComplaints((files ?? []).map(({ path }) => path)),
  ];
}

function pathComplaints(paths: readonly string[]): readonly string[] {
  try {
    assertWritablePaths(paths);
    return [];
  } catch (error) {
    return [String(error)];
  }
}
