import { loadConfiguration } from "../config/load.js";
import type {
  Configuration,
  ServiceConfiguration,
  UpstreamConfiguration,
} from "../config/configuration.js";
import { textHash } from "../document/hashes.js";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import { quoted } from "../diagnostics/quoted.js";
import { parseLocation } from "../document/location.js";
import { compareText, objectMember, stringMember } from "../document/json.js";
import type { Source } from "../document/source.js";
import { lockedService, readLock, type Lock, type LockedUpstream } from "../pins/lock-file.js";
import type { CommandContext } from "./command.js";
import type { Comparing, ComparisonTask } from "./comparing.js";
import { publishedLoading } from "./loading.js";
import {
  chooseServices,
  CONFIGURATION_FILE,
  configuredInput,
  configuredOptions,
  usageError,
} from "./targets.js";

/** Which published documents a command is about. */
export interface PublishedRequest {
  /** Names of services; all that have `upstream` when there are none. */
  readonly services: readonly string[];
  readonly config?: string | undefined;
  /** A document in place of the published one. */
  readonly document?: string | undefined;
  /** The URL of an installed server, which is asked in place of the published document. */
  readonly server?: string | undefined;
}

/** A service and its published document, as they are to be compared. */
export interface PublishedTask {
  readonly service: ServiceConfiguration;
  readonly upstream: UpstreamConfiguration;
  /** What is compared: first the pinned document, which the client is made of, then the published one. */
  readonly task: ComparisonTask;
}

/** What a command that fetches works on. */
export interface PublishedTasks {
  readonly lock: Lock;
  readonly configuration: Configuration;
  readonly tasks: readonly PublishedTask[];
}

/** Finds out which documents are to be compared with what is published of them. */
export async function publishedTasks(
  request: PublishedRequest,
  comparing: Comparing,
  { pipeline }: CommandContext,
): Promise<Outcome<PublishedTasks>> {
  const { value: configuration, diagnostics: found } = await loadConfiguration(
    request.config ?? CONFIGURATION_FILE,
  );
  if (configuration === undefined || hasErrors(found))
    return { value: undefined, diagnostics: found };
  const chosen = withUpstream(request.services, configuration);
  if (chosen.value === undefined) return { value: undefined, diagnostics: chosen.diagnostics };
  const usage = usageOf(request, chosen.value);
  if (usage !== undefined) return { value: undefined, diagnostics: [usage] };
  const lock = await readLock(configuration.folder);
  if (lock.value === undefined) return { value: undefined, diagnostics: lock.diagnostics };
  const { value: pinned } = lock;
  const helpers = await pipeline.helpers();
  const made = chosen.value.map(({ service, upstream }) => {
    const location = publishedLocation(request, upstream);
    const options = configuredOptions(service, configuration, helpers);
    const { pins } = lockedService(pinned, service.service);
    const task = taskOf(service, upstream, location.value ?? "", comparing);
    return {
      tasks:
        task.value === undefined
          ? []
          : [{ service, upstream, task: { ...task.value, options: { ...options.value, pins } } }],
      diagnostics: [...location.diagnostics, ...options.diagnostics, ...task.diagnostics],
    };
  });
  return outcome({ configuration, lock: pinned, tasks: made.flatMap(({ tasks }) => tasks) }, [
    ...lock.diagnostics,
    ...made.flatMap(({ diagnostics }) => diagnostics),
  ]);
}

interface Upstreamed {
  readonly service: ServiceConfiguration;
  readonly upstream: UpstreamConfiguration;
}

function withUpstream(
  names: readonly string[],
  configuration: Configuration,
): Outcome<readonly Upstreamed[]> {
  const chosen = chooseServices(names, configuration);
  const services = chosen.value ?? [];
  const found = services.flatMap((service) =>
    service.upstream === undefined ? [] : [{ service, upstream: service.upstream }],
  );
  const without = services.filter(({ upstream }) => upstream === undefined);
  const isWrong = names.length > 0 ? without.length > 0 : found.length === 0;
  if (chosen.value === undefined || !isWrong)
    return { value: chosen.value && found, diagnostics: chosen.diagnostics };
  const subject =
    names.length > 0
      ? `driftline.yaml does not say where the document of ${without.map(({ service }) => service).join(", ")} is published.`
      : "driftline.yaml does not say of any service where its document is published.";
  const usage = usageError(
    subject,
    "Add it under the service: upstream: { url: https://example.com/openapi.yaml }.",
  );
  return { value: undefined, diagnostics: [usage] };
}

function usageOf(
  { document, server }: PublishedRequest,
  services: readonly Upstreamed[],
): Diagnostic | undefined {
  if (document !== undefined && server !== undefined)
    return usageError("--document and --server exclude each other.", "Give one of them.");
  const flag =
    document !== undefined ? "--document" : server !== undefined ? "--server" : undefined;
  if (flag === undefined || services.length === 1) return undefined;
  return usageError(`${flag} is for one service.`, "Name the service.");
}

/** Where the document is that the pinned one is compared with. */
function publishedLocation(
  { document, server }: PublishedRequest,
  upstream: UpstreamConfiguration,
): Outcome<string> {
  if (document !== undefined) return outcome(document);
  return server === undefined ? outcome(upstream.url) : serverLocation(server, upstream);
}

function serverLocation(server: string, upstream: UpstreamConfiguration): Outcome<string> {
  if (upstream.server === undefined) {
    const usage = usageError(
      "driftline.yaml does not say where a server publishes its document.",
      "Add the path under upstream, such as server: /openapi.json; or name the whole URL with --document.",
    );
    return { value: undefined, diagnostics: [usage] };
  }
  // Whether its address is allowed is seen when it is opened.
  const base = parseLocation(server, true);
  const url = "url" in base ? new URL(base.url) : undefined;
  if (url?.search !== "") {
    const usage = usageError(
      "--server is no URL of a server.",
      "Write it as in --server https://files.example.com; what is added to it is in driftline.yaml.",
    );
    return { value: undefined, diagnostics: [usage] };
  }
  url.pathname = url.pathname.replace(/\/$/, "") + upstream.server;
  return outcome(url.href);
}

function taskOf(
  service: ServiceConfiguration,
  upstream: UpstreamConfiguration,
  location: string,
  { cache, isPrivateAllowed }: Comparing,
): Outcome<Omit<ComparisonTask, "options">> {
  const old = configuredInput(service);
  const privateNetwork = isPrivateAllowed || upstream.privateNetwork;
  const settings = publishedLoading(service, { ...upstream, privateNetwork }, process.env);
  // What is wrong with how the pinned document is read is wrong with the published one, too.
  if (old.value === undefined || settings.value === undefined)
    return { value: undefined, diagnostics: settings.diagnostics };
  return outcome(
    {
      name: service.service,
      old: old.value,
      new: {
        file: location,
        overlays: upstream.overlays ?? service.overlays,
        settings: { ...settings.value, privateNetwork, cache },
      },
      accept: upstream.accept,
      client: service.folder,
    },
    old.diagnostics,
  );
}

/* ---------------------------------------------------------------- the pin */

/**
 * The hash by which a published document is known again: of its text with line feeds, or where it has several files, of
 * the names and hashes of all.
 */
export function publishedHash({ file, files }: Source): string {
  if (files.size === 1) return textHash(file.text);
  const lines = [...files.values()].map(({ path, text }) => `${textHash(text)} ${path}\n`);
  return textHash(lines.sort(compareText).join(""));
}

/** What is remembered of a published document. */
export function pinOf(source: Source, url: string): LockedUpstream {
  const version = stringMember(objectMember(source.document, "info"), "version");
  const { etag } = source.file;
  return {
    url,
    document: publishedHash(source),
    ...(version === undefined ? {} : { version }),
    ...(etag === undefined ? {} : { etag }),
  };
}

/** What changed where a document is published since it was pulled last. */
export type SinceLastPull = "never-pulled" | "unchanged" | "changed";

/** Compares a published document with what was pulled last. */
export function sinceLastPull(source: Source, pinned: LockedUpstream | undefined): SinceLastPull {
  if (pinned?.document === undefined) return "never-pulled";
  return pinned.document === publishedHash(source) ? "unchanged" : "changed";
}

/** A version for people. */
export function versionText(version: string | undefined): string {
  return version === undefined ? "of no version" : `version ${quoted(version)}`;
}
