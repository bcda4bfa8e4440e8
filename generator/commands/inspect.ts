import { loadConfiguration } from "../config/load.js";
import { hasErrors, outcome, type Outcome } from "../diagnostics/diagnostic.js";
import { visible } from "../diagnostics/quoted.js";
import type { DocumentInput } from "../document/document-input.js";
import { lockedService, readLock } from "../pins/lock-file.js";
import { EXIT, failure, type CommandContext, type CommandResult } from "./command.js";
import { allowFlagFinding } from "./loading.js";
import type { Pipeline, ServiceOptions, Stage } from "./pipeline-port.js";
import { jsonText } from "./present.js";
import {
  chooseServices,
  CONFIGURATION_FILE,
  configuredInput,
  nameFinding,
  configuredOptions,
  singleInput,
  singleOptions,
  usageError,
} from "./targets.js";

/** The options of `inspect`, as the command line has them. */
export interface InspectRequest {
  /** Service and operation, or with `input` only the operation. */
  readonly names: readonly string[];
  readonly stage: Stage;
  readonly config?: string | undefined;
  readonly input?: string | undefined;
  readonly overlay?: readonly string[] | undefined;
  readonly name?: string | undefined;
  readonly allowFolder?: readonly string[] | undefined;
  readonly allowOrigin?: readonly string[] | undefined;
  readonly allowPrivate?: boolean | undefined;
  readonly limit?: readonly string[] | undefined;
}

interface Subject {
  readonly input: DocumentInput;
  readonly operation: string;
  readonly options: ServiceOptions;
}

/** `driftline inspect`: shows what a stage made of one operation. */
export async function inspectCommand(
  request: InspectRequest,
  { pipeline }: CommandContext,
): Promise<CommandResult> {
  const subject = await findSubject(request, pipeline);
  const before = { diagnostics: subject.diagnostics, source: undefined };
  if (subject.value === undefined) return failure([before]);
  const { input, operation, options } = subject.value;
  const { value: source, diagnostics } = await pipeline.loadDocument(input);
  if (source === undefined || hasErrors(diagnostics))
    return failure([before, { diagnostics, source }]);
  const found = await pipeline.inspectOperation(source, options, operation, request.stage);
  const reports = [before, { diagnostics: [...diagnostics, ...found.diagnostics], source }];
  if (found.value === undefined) return failure(reports);
  return {
    exitCode: EXIT.clean,
    reports,
    text: textOf(found.value),
    isData: true,
    results: { value: found.value },
  };
}

async function findSubject(request: InspectRequest, pipeline: Pipeline): Promise<Outcome<Subject>> {
  const { names, input, overlay, name, config } = request;
  if (input === undefined) {
    const flag = allowFlagFinding(request);
    if (flag !== undefined) return { value: undefined, diagnostics: [flag] };
    return configuredSubject(names, overlay ?? [], config ?? CONFIGURATION_FILE, pipeline);
  }
  const [operation, ...more] = names;
  const finding = nameFinding(name);
  if (finding !== undefined) return { value: undefined, diagnostics: [finding] };
  if (operation === undefined || more.length > 0) return usage("With --input, name one operation.");
  const document = singleInput(input, request);
  if (document.value === undefined) return { value: undefined, diagnostics: document.diagnostics };
  return outcome({ input: document.value, operation, options: singleOptions(name) });
}

async function configuredSubject(
  names: readonly string[],
  overlays: readonly string[],
  config: string,
  pipeline: Pipeline,
): Promise<Outcome<Subject>> {
  const [service, operation, ...more] = names;
  if (service === undefined || operation === undefined || more.length > 0)
    return usage("Name one service and one operation.");
  const configuration = await loadConfiguration(config);
  if (configuration.value === undefined || hasErrors(configuration.diagnostics))
    return { value: undefined, diagnostics: configuration.diagnostics };
  const chosen = chooseServices([service], configuration.value);
  const [found] = chosen.value ?? [];
  if (found === undefined) return { value: undefined, diagnostics: chosen.diagnostics };
  const options = configuredOptions(found, configuration.value, await pipeline.helpers());
  const input = configuredInput(found, overlays);
  const lock = await readLock(configuration.value.folder);
  const diagnostics = [...options.diagnostics, ...input.diagnostics, ...lock.diagnostics];
  if (input.value === undefined || lock.value === undefined)
    return { value: undefined, diagnostics };
  const { pins } = lockedService(lock.value, service);
  return outcome(
    { input: input.value, operation, options: { ...options.value, pins } },
    diagnostics,
  );
}

function usage(message: string): Outcome<Subject> {
  const hint = 'For example: driftline inspect mastodon "GET /api/v1/accounts/{id}" --stage model.';
  return { value: undefined, diagnostics: [usageError(message, hint)] };
}

/** Text as it is, anything else as JSON. */
function textOf(value: unknown): string {
  if (typeof value !== "string") return jsonText(value);
  return `${value.split("\n").map(visible).join("\n")}\n`;
}
