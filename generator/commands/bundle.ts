import { loadConfiguration } from "../config/load.js";
import { hasErrors, type Outcome } from "../diagnostics/diagnostic.js";
import type { DocumentInput } from "../document/document-input.js";
import { printYaml } from "../document/print-yaml.js";
import { loadDocument } from "../load-document.js";
import { EXIT, failure, type CommandResult } from "./command.js";
import { allowFlagFinding } from "./loading.js";
import {
  chooseServices,
  configuredInput,
  CONFIGURATION_FILE,
  singleInput,
  usageError,
} from "./targets.js";

/** The options of `bundle`, as the command line has them. */
export interface BundleRequest {
  /** The service; none with `input`. */
  readonly services: readonly string[];
  readonly config?: string | undefined;
  readonly input?: string | undefined;
  readonly overlay?: readonly string[] | undefined;
  readonly allowFolder?: readonly string[] | undefined;
  readonly allowOrigin?: readonly string[] | undefined;
  readonly allowPrivate?: boolean | undefined;
  readonly limit?: readonly string[] | undefined;
}

/** `driftline bundle`: prints a document with all its files and overlays as one, every `$ref` leading into it. */
export async function bundleCommand(request: BundleRequest): Promise<CommandResult> {
  const input = await findInput(request);
  const before = { diagnostics: input.diagnostics, source: undefined };
  if (input.value === undefined) return failure([before]);
  const { value: source, diagnostics } = await loadDocument(input.value);
  const reports = [before, { diagnostics, source }];
  if (source === undefined || hasErrors(diagnostics)) return failure(reports);
  return {
    exitCode: EXIT.clean,
    reports,
    text: printYaml(source.document),
    isData: true,
    results: { document: source.document },
  };
}

async function findInput(request: BundleRequest): Promise<Outcome<DocumentInput>> {
  const { services, config, input, overlay } = request;
  const [service, ...more] = services;
  if (input !== undefined) {
    return service === undefined && config === undefined
      ? singleInput(input, request)
      : usage("--input goes with neither a service nor --config.");
  }
  const flag = allowFlagFinding(request);
  if (flag !== undefined) return { value: undefined, diagnostics: [flag] };
  if (service === undefined || more.length > 0) return usage("Name one service.");
  const configuration = await loadConfiguration(config ?? CONFIGURATION_FILE);
  if (configuration.value === undefined || hasErrors(configuration.diagnostics))
    return { value: undefined, diagnostics: configuration.diagnostics };
  const chosen = chooseServices([service], configuration.value);
  const [found] = chosen.value ?? [];
  if (found === undefined) return { value: undefined, diagnostics: chosen.diagnostics };
  return configuredInput(found, overlay);
}

function usage(message: string): Outcome<DocumentInput> {
  const hint = "For example: driftline bundle mastodon, or driftline bundle --input api.yaml.";
  return { value: undefined, diagnostics: [usageError(message, hint)] };
}
