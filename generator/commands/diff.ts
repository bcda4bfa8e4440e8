import path from "node:path";
import { loadConfiguration } from "../config/load.js";
import { hasErrors, outcome, type Outcome } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import type { LoadSettings } from "../document/load-settings.js";
import type { DriftReport } from "../drift/drift-report.js";
import { checkVersion, isVersion, type VersionCheck } from "../drift/version-check.js";
import { lockedService, readLock } from "../pins/lock-file.js";
import { EXIT, failure, type CommandContext, type CommandResult } from "./command.js";
import {
  comparingOf,
  runComparison,
  tellComparisons,
  worstExit,
  type Comparing,
  type ComparisonTask,
} from "./comparing.js";
import type { ComparingFlags } from "./comparing-flags.js";
import { configuredLoading, flaggedLoading, type AllowFlags } from "./loading.js";
import type { Pipeline, ServiceOptions } from "./pipeline-port.js";
import { selectionOf, type SelectorFlags } from "./selectors.js";
import {
  chooseServices,
  CONFIGURATION_FILE,
  configuredOptions,
  nameFinding,
  singleOptions,
  usageError,
} from "./targets.js";

/** The options of `diff`, as the command line has them. */
export interface DiffRequest extends ComparingFlags, SelectorFlags, AllowFlags {
  readonly old: string;
  readonly new: string;
  readonly accept?: string | undefined;
  /** The versions of the client before and after; `true` for those of the documents. */
  readonly checkVersion?: true | readonly string[] | undefined;
  /** The service of the configuration whose options hold for both documents. */
  readonly service?: string | undefined;
  readonly config?: string | undefined;
  readonly overlay?: readonly string[] | undefined;
  readonly name?: string | undefined;
  /** The folder of the client that the code of `--usages` imports. Default: that of the service. */
  readonly client?: string | undefined;
}

/** `driftline diff`: tells what changed between two documents, on the wire and in the code of the client. */
export async function diffCommand(
  request: DiffRequest,
  context: CommandContext,
): Promise<CommandResult> {
  const comparing = await comparingOf(request, context);
  const task = comparing.value && (await taskOf(request, comparing.value, context.pipeline));
  const diagnostics = [
    ...usageFindings(request),
    ...comparing.diagnostics,
    ...(task?.diagnostics ?? []),
  ];
  const before = { diagnostics, source: undefined };
  if (comparing.value === undefined || task?.value === undefined || hasErrors(diagnostics))
    return failure([before]);
  const finished = await runComparison(task.value, comparing.value, context.pipeline);
  const told = await tellComparisons([finished], comparing.value, context);
  const reports = [before, ...told.reports];
  const { report } = finished;
  if (report === undefined) return { ...failure(reports), exitCode: told.exitCode };
  const check = versionCheckOf(report, request.checkVersion);
  return {
    exitCode: worstExit([told.exitCode, check?.isEnough === false ? EXIT.drift : EXIT.clean]),
    reports,
    text: told.text,
    isData: request.report !== undefined,
    ...(check === undefined ? {} : { note: `${check.message}\n` }),
    results: {
      reports: told.results,
      ...(check === undefined ? {} : { versionCheck: check }),
    },
  };
}

/** Whether the version of the client rises enough for what changed. */
function versionCheckOf(
  { comparison, advice }: DriftReport,
  versions: DiffRequest["checkVersion"],
): VersionCheck | undefined {
  if (versions === undefined) return undefined;
  const [before, after] =
    versions === true ? [comparison.old.version, comparison.new.version] : versions;
  return checkVersion(before ?? "", after ?? "", advice);
}

function usageFindings({
  checkVersion: versions,
  service,
  config,
  because,
  accept,
  ...request
}: DiffRequest): readonly ReturnType<typeof usageError>[] {
  const findings = [];
  if (versions !== undefined && versions !== true && versions.length !== 2)
    findings.push(
      usageError(
        "--check-version takes two versions, or none for those of the documents.",
        "For example: --check-version 1.2.0 1.3.0, after OLD and NEW.",
      ),
    );
  for (const version of versions === true ? [] : (versions ?? []))
    if (!isVersion(version))
      findings.push(
        usageError(
          `--check-version: ${quoted(version)} is no version.`,
          "A version takes three numbers, such as 1.2.0.",
        ),
      );
  if (service === undefined && config !== undefined)
    findings.push(usageError("--config needs --service.", "Name a service of the configuration."));
  if (because !== undefined && accept === undefined)
    findings.push(usageError("--because needs --accept.", "Name the file to write it to."));
  if (request.usages !== undefined && service === undefined && request.client === undefined)
    findings.push(
      usageError(
        "--usages needs --client or --service.",
        "Name the folder of the generated client that the code imports.",
      ),
    );
  const flag = (["name", "include", "exclude", "prune"] as const).find(
    (key) => request[key] !== undefined,
  );
  if (service !== undefined && flag !== undefined)
    findings.push(
      usageError(
        `--${flag} goes without --service.`,
        `In driftline.yaml a service has the key ${flag}.`,
      ),
    );
  return findings;
}

async function taskOf(
  request: DiffRequest,
  comparing: Comparing,
  pipeline: Pick<Pipeline, "helpers">,
): Promise<Outcome<ComparisonTask>> {
  const found =
    request.service === undefined
      ? flaggedSubject(request)
      : await configuredSubject(request.service, request, pipeline);
  const { value, diagnostics } = found;
  if (value === undefined) return { value, diagnostics };
  const { isPrivateAllowed: privateNetwork, cache } = comparing;
  const settings = { ...value.settings, privateNetwork, cache };
  const { overlays, options } = value;
  return outcome(
    {
      name: request.service,
      old: { file: request.old, overlays, settings },
      new: { file: request.new, overlays, settings },
      options,
      accept: request.accept,
      client: request.client === undefined ? value.client : path.resolve(request.client),
    },
    diagnostics,
  );
}

/** What holds for both documents. Overlays are corrections of one document, of which these are two states. */
interface Subject {
  readonly overlays: readonly string[];
  readonly settings: LoadSettings;
  readonly options: ServiceOptions;
  /** Absolute path of the client that is made of it. */
  readonly client: string | undefined;
}

function flaggedSubject(request: DiffRequest): Outcome<Subject> {
  const settings = flaggedLoading(request);
  const selection = selectionOf(request);
  const wrongName = nameFinding(request.name);
  const diagnostics = [
    ...settings.diagnostics,
    ...selection.diagnostics,
    ...(wrongName === undefined ? [] : [wrongName]),
  ];
  if (settings.value === undefined) return { value: undefined, diagnostics };
  return outcome(
    {
      overlays: request.overlay ?? [],
      settings: settings.value,
      options: singleOptions(request.name, selection.value),
      client: undefined,
    },
    diagnostics,
  );
}

async function configuredSubject(
  name: string,
  request: DiffRequest,
  pipeline: Pick<Pipeline, "helpers">,
): Promise<Outcome<Subject>> {
  const configuration = await loadConfiguration(request.config ?? CONFIGURATION_FILE);
  if (configuration.value === undefined || hasErrors(configuration.diagnostics))
    return { value: undefined, diagnostics: configuration.diagnostics };
  const chosen = chooseServices([name], configuration.value);
  const [service] = chosen.value ?? [];
  if (service === undefined) return { value: undefined, diagnostics: chosen.diagnostics };
  const options = configuredOptions(service, configuration.value, await pipeline.helpers());
  const configured = configuredLoading(service, process.env);
  const flagged = flaggedLoading(request);
  const diagnostics = [...options.diagnostics, ...configured.diagnostics, ...flagged.diagnostics];
  if (configured.value === undefined || flagged.value === undefined)
    return { value: undefined, diagnostics };
  const settings: LoadSettings = {
    ...configured.value,
    folders: [...(configured.value.folders ?? []), ...(flagged.value.folders ?? [])],
    // Where both name an origin, the configuration counts, which may have headers for it.
    origins: [...(flagged.value.origins ?? []), ...(configured.value.origins ?? [])],
    limits: { ...configured.value.limits, ...flagged.value.limits },
  };
  const overlays = [...service.overlays, ...(request.overlay ?? [])];
  const lock = await readLock(configuration.value.folder);
  if (lock.value === undefined)
    return { value: undefined, diagnostics: [...diagnostics, ...lock.diagnostics] };
  const { pins } = lockedService(lock.value, name);
  const client = service.folder;
  return outcome({ overlays, settings, options: { ...options.value, pins }, client }, [
    ...diagnostics,
    ...lock.diagnostics,
  ]);
}
