import path from "node:path";
import { diagnostic } from "../diagnostics/codes.js";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import type { Report } from "../diagnostics/located.js";
import { judge } from "../diagnostics/policy.js";
import { visiblePath } from "../diagnostics/quoted.js";
import { displayPath } from "../document/read-file.js";
import { systemCode } from "../output/file-system.js";
import { generatorHash, VERSION } from "../output/generator-identity.js";
import { manifestOf } from "../output/manifest.js";
import { readManifest } from "../output/read-output.js";
import { writeOutputs } from "../output/write.js";
import { lockedService, readLock, type Lock } from "../pins/lock-file.js";
import { makeSite, type SiteFile, type SiteService } from "../site/site.js";
import { SITE_FILES } from "../site/site-paths.js";
import { EXIT, failure, type CommandContext, type CommandResult } from "./command.js";
import { serveSite, type SiteServer } from "./site-server.js";
import {
  findTargets,
  pageOptions,
  usageError,
  type Target,
  type TargetRequest,
  type Targets,
} from "./targets.js";

/** The options of `docs`, as the command line has them. */
export interface DocsRequest extends Omit<TargetRequest, "docs" | "strict"> {
  /** The folder to write the site to. Default: it is served. */
  readonly output?: string | undefined;
  /** Without `output`: the port, in digits. Default: any that is free. */
  readonly port?: string | undefined;
  /** Whether to show it in the user's browser. */
  readonly open?: boolean | undefined;
}

/** What the command does outside of the files that it reads and writes. */
export interface DocsOutside {
  /** Shows a URL or a file in the user's browser. */
  readonly open: (target: string) => Promise<unknown>;
  /** Resolves when the user has had enough. */
  readonly interrupted: () => Promise<void>;
}

const OUTSIDE: DocsOutside = {
  open: async (target) => (await import("open")).default(target),
  interrupted: () =>
    new Promise((resolve) => {
      process.once("SIGINT", () => {
        resolve();
      });
      process.once("SIGTERM", () => {
        resolve();
      });
    }),
};

/** The folder of the client in programs on pages of a document that has none yet. */
const CLIENT = "client";

/** `driftline docs`: the reference pages as a site, served on this machine or written to a folder. */
export async function docsCommand(
  request: DocsRequest,
  { pipeline }: CommandContext,
  outside: DocsOutside = OUTSIDE,
): Promise<CommandResult> {
  const usage = usageFinding(request);
  if (usage !== undefined) return failure([{ diagnostics: [usage], source: undefined }]);
  const { services, reports } = await makeServices(request, pipeline);
  if (services === undefined) return failure(reports);
  const site = makeSite(services, await pipeline.siteAssets());
  return request.output === undefined
    ? serve(site, services, request, reports, outside)
    : write(site, services, request.output, request.open === true, reports, outside);
}

function usageFinding({ port, output }: DocsRequest): Diagnostic | undefined {
  if (port === undefined) return undefined;
  if (output !== undefined)
    return usageError("--port and --output exclude each other.", "Give one of them.");
  return /^\d{1,5}$/.test(port) && Number(port) <= 65_535
    ? undefined
    : usageError("--port is a number up to 65535.", "Leave it out for any port that is free.");
}

/* -------------------------------------------------------------------- pages */

interface Services {
  /** `undefined` where a document is not right. */
  readonly services: readonly SiteService[] | undefined;
  readonly reports: readonly Report[];
}

async function makeServices(
  { input, ...request }: DocsRequest,
  pipeline: CommandContext["pipeline"],
): Promise<Services> {
  const wanted = { ...request, input, output: input === undefined ? undefined : CLIENT };
  const targets = await findTargets(wanted, pipeline);
  const lock = targets.value === undefined ? undefined : await readLock(targets.value.lockFolder);
  const diagnostics = [...targets.diagnostics, ...(lock?.diagnostics ?? [])];
  const before: Report = { diagnostics, source: undefined };
  if (targets.value === undefined || lock?.value === undefined || hasErrors(diagnostics))
    return { services: undefined, reports: [before] };
  const known = { ...targets.value, lock: lock.value };
  const made = await Promise.all(
    known.targets.map((target) => makeService(target, known, pipeline)),
  );
  const services = made.flatMap(({ service }) => (service === undefined ? [] : [service]));
  return {
    services: services.length < made.length ? undefined : services,
    reports: [before, ...made.map(({ report }) => report)],
  };
}

/** Warnings never keep anybody from reading, whatever the configuration makes of them. */
async function makeService(
  { service, input, options, policy, folder }: Target,
  { root, lock }: Targets & { readonly lock: Lock },
  pipeline: CommandContext["pipeline"],
): Promise<{ readonly service: SiteService | undefined; readonly report: Report }> {
  const { value: source, diagnostics: found } = await pipeline.loadDocument(input);
  const from = root === folder ? path.dirname(folder) : root;
  const made =
    source === undefined || hasErrors(found)
      ? outcome(undefined)
      : await pipeline.makePages(source, {
          ...options,
          pages: pageOptions(from, folder),
          pins: lockedService(lock, service).pins,
        });
  const judged = judge([...found, ...made.diagnostics], { ...policy, strict: false });
  const report = { ...judged, source };
  if (made.value === undefined || hasErrors(judged.diagnostics))
    return { service: undefined, report };
  return { service: { name: service, ...made.value }, report };
}

/* ------------------------------------------------------------------- serving */

async function serve(
  site: readonly SiteFile[],
  services: readonly SiteService[],
  { port = "0", open }: DocsRequest,
  reports: readonly Report[],
  { open: show, interrupted }: DocsOutside,
): Promise<CommandResult> {
  const { value: server, diagnostics } = await start(site, Number(port));
  const all = [...reports, { diagnostics, source: undefined }];
  if (server === undefined) return failure(all);
  return {
    exitCode: EXIT.clean,
    reports: all,
    text: `${server.url}\n`,
    isData: true,
    note: "Press Ctrl-C to end.\n",
    results: { services: services.map(({ name }) => name), url: server.url },
    lasting: async () => {
      if (open === true) await show(server.url);
      await interrupted();
      await server.stop();
    },
  };
}

async function start(site: readonly SiteFile[], port: number): Promise<Outcome<SiteServer>> {
  try {
    return outcome(await serveSite(site, port));
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const finding = usageError(
      `Nothing can be served on port ${port}: ${code}.`,
      "Name another port, or leave out --port for any that is free.",
    );
    return { value: undefined, diagnostics: [finding] };
  }
}

/* ------------------------------------------------------------------- writing */

async function write(
  site: readonly SiteFile[],
  services: readonly SiteService[],
  output: string,
  open: boolean,
  reports: readonly Report[],
  { open: show }: DocsOutside,
): Promise<CommandResult> {
  const folder = path.resolve(output);
  const { value: written, diagnostics } = await writeSite(site, folder);
  const all = [...reports, { diagnostics, source: undefined }];
  if (written === undefined) return failure(all);
  const start = path.join(folder, SITE_FILES.start);
  return {
    exitCode: EXIT.clean,
    reports: all,
    text: `${visiblePath(displayPath(start))}\n`,
    results: {
      services: services.map(({ name }) => name),
      output: displayPath(folder),
      ...written,
    },
    lasting: async () => {
      if (open) await show(start);
    },
  };
}

interface WrittenSite {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

async function writeSite(site: readonly SiteFile[], folder: string): Promise<Outcome<WrittenSite>> {
  const refusal = refusalOf(folder);
  if (refusal.length > 0) return { value: undefined, diagnostics: refusal };
  const files = site.map(({ path: file, text }) => ({ path: file, text: text() }));
  const manifest = manifestOf(VERSION, { generator: await generatorHash() }, files);
  const { value, diagnostics } = await writeOutputs([{ folder, root: folder, files, manifest }]);
  const [result] = value ?? [];
  if (result === undefined) return { value: undefined, diagnostics };
  const { written, removed, unchanged } = result;
  return { value: { written, removed, unchanged }, diagnostics };
}

/** A folder of a client is not made a site: all files of the client would be taken for what an earlier site had. */
function refusalOf(folder: string): readonly Diagnostic[] {
  const { value: manifest, diagnostics } = readManifest(folder);
  if (manifest === undefined || manifest.files.has(SITE_FILES.searchData)) return diagnostics;
  return [
    diagnostic("would-overwrite", {
      message: "This folder holds generated code.",
      hint: "Choose another folder for the site. Nothing was written.",
      place: { path: displayPath(folder) },
    }),
  ];
}
