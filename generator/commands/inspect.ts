import { loadConfiguration } from "../config/load.js";
import { outcome, type Outcome } from "../diagnostics/diagnostic.js";
import { visible } from "../diagnostics/quoted.js";
import type { DocumentInput } from "../document/document-input.js";
import { EXIT, type CommandContext, type ExitCode } from "./command.js";
import { allowFlagFinding } from "./loading.js";
import type { Pipeline, ServiceOptions, Stage } from "./pipeline-port.js";
import { report } from "./report.js";
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
}

interface Subject {
  readonly input: DocumentInput;
  readonly operation: string;
  readonly options: ServiceOptions;
}

/** `driftline inspect`: shows what a stage made of one operation. */
export async function inspectCommand(
  request: InspectRequest,
  { terminal, pipeline }: CommandContext,
): Promise<ExitCode> {
  const subject = await findSubject(request, pipeline);
  report(terminal, subject.diagnostics);
  if (subject.value === undefined) return EXIT.brokenInput;
  const { input, operation, options } = subject.value;
  const source = await pipeline.loadDocument(input);
  report(terminal, source.diagnostics, source.value);
  if (source.value === undefined) return EXIT.brokenInput;
  const inspected = await pipeline.inspectOperation(
    source.value,
    options,
    operation,
    request.stage,
  );
  report(terminal, inspected.diagnostics, source.value);
  if (inspected.value === undefined) return EXIT.brokenInput;
  terminal.out(`${textOf(inspected.value)}\n`);
  return EXIT.clean;
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
  if (configuration.value === undefined)
    return { value: undefined, diagnostics: configuration.diagnostics };
  const chosen = chooseServices([service], configuration.value);
  const [found] = chosen.value ?? [];
  if (found === undefined) return { value: undefined, diagnostics: chosen.diagnostics };
  const options = configuredOptions(found, configuration.value, await pipeline.helpers());
  const input = configuredInput(found, overlays);
  const diagnostics = [...options.diagnostics, ...input.diagnostics];
  if (options.value === undefined || input.value === undefined)
    return { value: undefined, diagnostics };
  return outcome({ input: input.value, operation, options: options.value });
}

function usage(message: string): Outcome<Subject> {
  const hint = 'For example: driftline inspect mastodon "GET /api/v1/accounts/{id}" --stage model.';
  return { value: undefined, diagnostics: [usageError(message, hint)] };
}

/** Text as it is, anything else as JSON; maps and sets become objects and arrays. */
function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value, plain, 2);
  return text.split("\n").map(visible).join("\n");
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  return value instanceof Set ? [...value] : value;
}
