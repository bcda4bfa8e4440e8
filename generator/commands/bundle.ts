import { loadConfiguration } from "../config/load.js";
import { outcome, type Outcome } from "../diagnostics/diagnostic.js";
import { loadSource } from "../document/load.js";
import { printYaml } from "../document/print-yaml.js";
import { displayPath } from "../document/read-file.js";
import { EXIT, type ExitCode, type Terminal } from "./command.js";
import { report } from "./report.js";
import { chooseServices, CONFIGURATION_FILE, usageError } from "./targets.js";

/** The options of `bundle`, as the command line has them. */
export interface BundleRequest {
  /** The service; none with `input`. */
  readonly services: readonly string[];
  readonly config?: string | undefined;
  readonly input?: string | undefined;
}

/** `driftline bundle`: prints a document with all its files as one, every `$ref` leading into the same document. */
export async function bundleCommand(request: BundleRequest, terminal: Terminal): Promise<ExitCode> {
  const input = await findInput(request);
  report(terminal, input.diagnostics);
  if (input.value === undefined) return EXIT.brokenInput;
  const source = await loadSource(input.value);
  report(terminal, source.diagnostics, source.value);
  if (source.value === undefined) return EXIT.brokenInput;
  terminal.out(printYaml(source.value.document));
  return EXIT.clean;
}

async function findInput({ services, config, input }: BundleRequest): Promise<Outcome<string>> {
  const [service, ...more] = services;
  if (input !== undefined) {
    return service === undefined && config === undefined
      ? outcome(input)
      : usage("--input goes with neither a service nor --config.");
  }
  if (service === undefined || more.length > 0) return usage("Name one service.");
  const configuration = await loadConfiguration(config ?? CONFIGURATION_FILE);
  if (configuration.value === undefined)
    return { value: undefined, diagnostics: configuration.diagnostics };
  const chosen = chooseServices([service], configuration.value);
  const [found] = chosen.value ?? [];
  if (found === undefined) return { value: undefined, diagnostics: chosen.diagnostics };
  return outcome(displayPath(found.input));
}

function usage(message: string): Outcome<string> {
  const hint = "For example: driftline bundle mastodon, or driftline bundle --input api.yaml.";
  return { value: undefined, diagnostics: [usageError(message, hint)] };
}
