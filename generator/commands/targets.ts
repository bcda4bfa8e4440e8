import path from "node:path";
import type { Configuration, ServiceConfiguration } from "../config/configuration.js";
import type { Language } from "../config/language.js";
import { loadConfiguration } from "../config/load.js";
import schema from "../config/schema.json" with { type: "json" };
import { diagnostic, type DiagnosticCode } from "../diagnostics/codes.js";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import type { WarningPolicy } from "../diagnostics/policy.js";
import { suggestion } from "../diagnostics/suggest.js";
import type { DocumentInput } from "../document/document-input.js";
import type { LoadSettings } from "../document/load-settings.js";
import { displayPath, type ReadBytes } from "../document/read-file.js";
import type { Helper } from "../names/helper.js";
import { ONLY_SERVICE } from "../pins/lock-file.js";
import type { Selection } from "../select/selection.js";
import { CLIENT_FLAGS, clientOptions, type ClientFlags } from "./client-flags.js";
import { findHelpers } from "./helpers.js";
import { allowFlagFinding, configuredLoading, flaggedLoading, type AllowFlags } from "./loading.js";
import type { Pipeline, ServiceOptions } from "./pipeline-port.js";
import { allowedCodes, selectionOf, type SelectorFlags } from "./selectors.js";

/** Name of the configuration file where `--config` names no other. */
export const CONFIGURATION_FILE = "driftline.yaml";

/** The options that `generate` and `check` share, as the command line has them. */
export interface TargetRequest extends SelectorFlags, ClientFlags, AllowFlags {
  /** Names of services; all of the configuration when there are none. */
  readonly services: readonly string[];
  readonly config?: string | undefined;
  readonly input?: string | undefined;
  /** Overlays that are applied after those of the configuration; without `input` they belong to one service. */
  readonly overlay?: readonly string[] | undefined;
  readonly output?: string | undefined;
  readonly name?: string | undefined;
  /** Whether reference pages are part of the client of `input`. */
  readonly docs?: boolean | undefined;
  /** Whether warnings are errors, whatever the configuration says. */
  readonly strict?: boolean | undefined;
  /** Whether everything is made again, although nothing has changed. */
  readonly full?: boolean | undefined;
}

/** One document and the client that is made of it. */
export interface Target {
  /** What `generate` and `check` call it. */
  readonly label: string;
  /** What `driftline.lock` calls it. */
  readonly service: string;
  readonly input: DocumentInput;
  readonly options: ServiceOptions;
  /** What becomes of warnings about the document. */
  readonly policy: WarningPolicy;
  /** Absolute path of the folder of the client. */
  readonly folder: string;
}

/** What a run is about. */
export interface Targets {
  /** Absolute path of a folder below which no symbolic link is followed. */
  readonly root: string;
  readonly targets: readonly Target[];
  /** Absolute path of the folder of `driftline.lock`. */
  readonly lockFolder: string;
  /** Absolute path of the folder of the shared runtime; `undefined` where each client has its own. */
  readonly runtime: string | undefined;
  /** What everything is written in. */
  readonly language: Language;
  /** Absolute paths of the files that say so. */
  readonly files: readonly string[];
}

/**
 * Finds out what to generate: the services of the configuration, or the one document of `--input`. There is a value
 * beside errors too, where there are documents to look at all the same.
 *
 * @param readBytes reads the configuration. Default: from disk
 */
export async function findTargets(
  request: TargetRequest,
  pipeline: Pick<Pipeline, "helpers">,
  readBytes?: ReadBytes,
): Promise<Outcome<Targets>> {
  const usage = usageFinding(request);
  if (usage !== undefined) return { value: undefined, diagnostics: [usage] };
  if (request.input !== undefined)
    return singleTarget(request, request.input, await pipeline.helpers());
  const configuration = await loadConfiguration(request.config ?? CONFIGURATION_FILE, readBytes);
  if (configuration.value === undefined) {
    return {
      value: undefined,
      diagnostics: configuration.diagnostics.map((finding) => withInputHint(finding, request)),
    };
  }
  const chosen = chooseServices(request.services, configuration.value);
  // A service that is written wrongly may be the one that is asked for.
  const diagnostics = hasErrors(configuration.diagnostics)
    ? configuration.diagnostics
    : [...configuration.diagnostics, ...chosen.diagnostics];
  if (chosen.value === undefined) return { value: undefined, diagnostics };
  if (request.overlay !== undefined && chosen.value.length !== 1) {
    const usage = usageError(
      "--overlay is for one document.",
      "Name one service, or list the overlays under each service of driftline.yaml.",
    );
    return { value: undefined, diagnostics: [...diagnostics, usage] };
  }
  const allow = allowedCodes(request.allow);
  const found = configuredTargets(configuration.value, chosen.value, await pipeline.helpers(), {
    ...request,
    allow: allow.value,
  });
  return {
    value: found.value,
    diagnostics: [...diagnostics, ...allow.diagnostics, ...found.diagnostics],
  };
}

/** The services of a configuration that are asked for. */
export function chooseServices(
  names: readonly string[],
  { services }: Configuration,
): Outcome<readonly ServiceConfiguration[]> {
  const known = services.map(({ service }) => service);
  const findings = names
    .filter((name) => !known.includes(name))
    .map((name) => unknownService(name, known));
  if (hasErrors(findings)) return { value: undefined, diagnostics: findings };
  return outcome(
    names.length === 0 ? services : services.filter(({ service }) => names.includes(service)),
  );
}

/** What the command line adds to what the configuration says, for one run. */
interface RunFlags extends Pick<TargetRequest, "overlay" | "strict"> {
  readonly allow?: readonly DiagnosticCode[] | undefined;
}

/** What is to be generated of services of a configuration. */
export function configuredTargets(
  configuration: Configuration,
  services: readonly ServiceConfiguration[],
  helpers: readonly Helper[],
  { overlay, strict, allow = [] }: RunFlags,
): { readonly value: Targets; readonly diagnostics: readonly Diagnostic[] } {
  const allowed = allow.map((code) => ({ code, isForSeveral: services.length > 1 }));
  const found = services.map((service) => {
    const options = configuredOptions(service, configuration, helpers);
    const input = configuredInput(service, overlay);
    const diagnostics = [...options.diagnostics, ...input.diagnostics];
    if (input.value === undefined) return { targets: [], diagnostics };
    const target: Target = {
      label: service.service,
      service: service.service,
      input: input.value,
      options: options.value,
      policy: runPolicy(service.policy, strict, allowed),
      folder: service.folder,
    };
    return { targets: [target], diagnostics };
  });
  return {
    value: {
      root: configuration.folder,
      lockFolder: configuration.folder,
      targets: found.flatMap(({ targets }) => targets),
      runtime: services.some(({ runtime }) => runtime === "shared")
        ? path.join(configuration.output, "runtime")
        : undefined,
      language: configuration.language,
      files: configuration.files,
    },
    diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Flags make a run stricter, or accept more; they never take back what the configuration says. */
function runPolicy(
  policy: WarningPolicy,
  strict: boolean | undefined,
  allow: WarningPolicy["allow"],
): WarningPolicy {
  return {
    strict: strict === true || policy.strict,
    allow: [...policy.allow, ...allow],
  };
}

function singleTarget(
  request: TargetRequest,
  file: string,
  helpers: readonly Helper[],
): Outcome<Targets> {
  const folder = path.resolve(request.output ?? "");
  const selection = selectionOf(request);
  const allow = allowedCodes(request.allow);
  const input = singleInput(file, request);
  const client = clientOptions(request, helpers);
  const diagnostics = [
    ...input.diagnostics,
    ...selection.diagnostics,
    ...allow.diagnostics,
    ...client.diagnostics,
  ];
  if (input.value === undefined) return { value: undefined, diagnostics };
  const target: Target = {
    label: displayPath(folder),
    service: ONLY_SERVICE,
    input: input.value,
    options: {
      ...singleOptions(request.name, selection.value),
      ...client.value,
      ...(request.docs === true ? { pages: pageOptions(path.dirname(folder), folder) } : {}),
    },
    policy: {
      strict: request.strict === true,
      allow: (allow.value ?? []).map((code) => ({ code })),
    },
    folder,
  };
  return outcome(
    {
      root: folder,
      targets: [target],
      lockFolder: folder,
      runtime: undefined,
      language: request.language ?? "typescript",
      files: [],
    },
    diagnostics,
  );
}

/**
 * The options of a service of the configuration; what is left out there is no option at all. A helper that there is
 * none of is told, and left out.
 */
export function configuredOptions(
  service: ServiceConfiguration,
  { extensions, folder }: Pick<Configuration, "extensions" | "folder">,
  known: readonly Helper[],
): { readonly value: ServiceOptions; readonly diagnostics: readonly Diagnostic[] } {
  const { name, int64, selection, bridges, docs } = service;
  const { value: helpers = [], diagnostics } = findHelpers(service.helpers, known);
  const value: ServiceOptions = {
    ...(name === undefined ? {} : { name }),
    ...(int64 === undefined ? {} : { int64 }),
    ...(selection === undefined ? {} : { selection }),
    ...(Object.keys(extensions).length === 0 ? {} : { extensions }),
    ...(helpers.length === 0 ? {} : { helpers }),
    ...(bridges.length === 0 ? {} : { bridges }),
    ...(docs ? { pages: pageOptions(folder, service.folder) } : {}),
    runtime: service.runtime === "shared" ? "../runtime" : "./runtime",
  };
  return { value, diagnostics };
}

/** Programs of the pages import the client as one in the folder `from` would. */
export function pageOptions(from: string, client: string): NonNullable<ServiceOptions["pages"]> {
  const way = path.relative(from, client).replaceAll(path.sep, "/");
  return { clientModule: `${way.startsWith("../") ? "" : "./"}${way}/index.js` };
}

/** The document of a service of the configuration; overlays of the command line come after its own. */
export function configuredInput(
  service: ServiceConfiguration,
  more: readonly string[] = [],
): Outcome<DocumentInput> {
  const overlays = [...service.overlays, ...more];
  return withSettings(service.input, overlays, configuredLoading(service, process.env));
}

/** The one document of `--input`. */
export function singleInput(
  file: string,
  flags: AllowFlags & { readonly overlay?: readonly string[] | undefined },
): Outcome<DocumentInput> {
  return withSettings(file, flags.overlay ?? [], flaggedLoading(flags));
}

function withSettings(
  file: string,
  overlays: readonly string[],
  { value: settings, diagnostics }: Outcome<LoadSettings>,
): Outcome<DocumentInput> {
  return {
    value: settings === undefined ? undefined : { file, overlays, settings },
    diagnostics,
  };
}

/** The options of the one document of `--input`. */
export function singleOptions(name: string | undefined, selection?: Selection): ServiceOptions {
  return {
    ...(name === undefined ? {} : { name }),
    ...(selection === undefined ? {} : { selection }),
    runtime: "./runtime",
  };
}

function usageFinding({
  services,
  config,
  input,
  output,
  name,
  ...request
}: TargetRequest): Diagnostic | undefined {
  if ((input === undefined) !== (output === undefined)) {
    return usageError(
      "--input and --output belong together.",
      "Give both, or neither to use driftline.yaml.",
    );
  }
  if (input === undefined) {
    const finding = allowFlagFinding(request);
    if (finding !== undefined) return finding;
    const flag = (["include", "exclude", "prune", "docs", ...CLIENT_FLAGS] as const).find(
      (key) => request[key] !== undefined,
    );
    const alone = name === undefined ? flag : "name";
    return alone === undefined
      ? undefined
      : usageError(
          `--${alone} needs --input.`,
          `In driftline.yaml a service has the key ${alone}.`,
        );
  }
  if (services.length > 0)
    return usageError("--input and the names of services exclude each other.", "Give one of them.");
  if (config !== undefined)
    return usageError("--input and --config exclude each other.", "Give one of them.");
  return nameFinding(name);
}

/** What is wrong with the name of a client class on the command line: the same rule holds in the configuration. */
export function nameFinding(name: string | undefined): Diagnostic | undefined {
  const rule = schema.properties.services.additionalProperties.properties.name;
  if (name === undefined || new RegExp(rule.pattern, "u").test(name)) return undefined;
  return usageError(
    `--name ${quoted(name)} is no class name.`,
    `It should be ${rule.description}.`,
  );
}

/** A finding about the command line. */
export function usageError(message: string, hint: string): Diagnostic {
  return diagnostic("wrong-usage", { message, hint });
}

function unknownService(name: string, known: readonly string[]): Diagnostic {
  return diagnostic("unknown-service", {
    message: `There is no service ${quoted(name)}.`,
    hint: suggestion(name, known),
  });
}

function withInputHint(finding: Diagnostic, { config }: TargetRequest): Diagnostic {
  const isConfiguration = finding.place !== undefined && "path" in finding.place;
  if (finding.code !== "file-not-found" || config !== undefined || !isConfiguration) return finding;
  return {
    ...finding,
    hint: "Run driftline where driftline.yaml is, or name a document with --input and --output.",
  };
}
