import { hasErrors } from "../diagnostics/diagnostic.js";
import type { Source } from "../document/source.js";
import { lockedService, type Lock } from "../pins/lock-file.js";
import { failure, type CommandContext, type CommandResult } from "./command.js";
import {
  comparingOf,
  runComparison,
  tellComparisons,
  type FinishedComparison,
} from "./comparing.js";
import type { ComparingFlags } from "./comparing-flags.js";
import {
  pinOf,
  publishedTasks,
  sinceLastPull,
  versionText,
  type PublishedRequest,
  type PublishedTask,
  type SinceLastPull,
} from "./published.js";
import { usageError } from "./targets.js";

/** The options of `drift`, as the command line has them. */
export interface DriftRequest extends ComparingFlags, PublishedRequest {}

/**
 * `driftline drift`: tells whether published documents, or an installed server, still say what the pinned documents do,
 * and how bad the difference is for the clients that are made of those.
 */
export async function driftCommand(
  request: DriftRequest,
  context: CommandContext,
): Promise<CommandResult> {
  const comparing = await comparingOf(request, context);
  const found = comparing.value && (await publishedTasks(request, comparing.value, context));
  const diagnostics = [
    ...comparing.diagnostics,
    ...(found?.diagnostics ?? []),
    ...acceptFindings(request, found?.value?.tasks ?? []),
  ];
  const before = { diagnostics, source: undefined };
  if (comparing.value === undefined || found?.value === undefined || hasErrors(diagnostics))
    return failure([before]);
  const { tasks, lock } = found.value;
  const finished: FinishedComparison[] = [];
  // One after the other: two documents and their clients take much memory.
  for (const { task } of tasks)
    finished.push(await runComparison(task, comparing.value, context.pipeline));
  const told = await tellComparisons(finished, comparing.value, context);
  const services = tasks.map((task, index) => serviceOf(task, finished[index], lock));
  return {
    exitCode: told.exitCode,
    reports: [before, ...told.reports],
    text: told.text,
    isData: request.report !== undefined,
    note: isPublished(request) ? services.map(noteOf).join("") : "",
    results: {
      services: services.map(({ name, outcome, since }) => ({
        service: name,
        outcome,
        ...(since === undefined || !isPublished(request) ? {} : { sinceLastPull: since }),
      })),
      reports: told.results,
    },
  };
}

/** Whether what is looked at is what the configuration calls the published document. */
function isPublished({ document, server }: DriftRequest): boolean {
  return document === undefined && server === undefined;
}

function acceptFindings(
  { because }: DriftRequest,
  tasks: readonly PublishedTask[],
): readonly ReturnType<typeof usageError>[] {
  const without = tasks.filter(({ upstream }) => upstream.accept === undefined);
  if (because === undefined || without.length === 0) return [];
  return [
    usageError(
      `driftline.yaml names no acceptance file for ${without.map(({ service }) => service.service).join(", ")}.`,
      "Add it under upstream, as in accept: specs/api.accept.yaml; or leave --because out.",
    ),
  ];
}

/** What became of one service. */
interface ToldService {
  readonly name: string;
  readonly outcome: "compared" | "not-fetched" | "broken";
  readonly since: SinceLastPull | undefined;
  readonly before: string | undefined;
  readonly now: string | undefined;
}

function serviceOf(
  { service, upstream }: PublishedTask,
  finished: FinishedComparison | undefined,
  lock: Lock,
): ToldService {
  const current: Source | undefined = finished?.current;
  const pinned = lockedService(lock, service.service).upstream;
  const errors = (finished?.reports ?? []).flatMap(({ diagnostics }) => diagnostics);
  const isMissing = errors.some(({ code }) => code === "fetch-failed");
  return {
    name: service.service,
    outcome: finished?.report !== undefined ? "compared" : isMissing ? "not-fetched" : "broken",
    since: current && sinceLastPull(current, pinned),
    before: pinned?.version,
    now: current && pinOf(current, upstream.url).version,
  };
}

function noteOf({ name, outcome, since, before, now }: ToldService): string {
  if (outcome === "not-fetched")
    return `${name}: what is published could not be fetched, so that nothing is known of it.\n`;
  switch (since) {
    case "unchanged":
      return `${name}: what is published is what was pulled last, ${versionText(now)}.\n`;
    case "changed":
      return `${name}: what is published changed since it was pulled last, from ${versionText(before)} to ${versionText(now)}.\n`;
    case "never-pulled":
      return `${name}: nothing was pulled yet; "driftline pull ${name}" remembers what is published.\n`;
    case undefined:
      return "";
  }
}
