import path from "node:path";
import type { ErrorPayload, Logger, Plugin, ResolvedConfig, Rollup, ViteDevServer } from "vite";
import {
  checkProject,
  formatDiagnostics,
  generateProject,
  watchProject,
  type Diagnostic,
  type GeneratedProject,
  type ProjectRequest,
} from "../index.js";
import { errorOf, outOfDate } from "./plugin-error.js";

/** What the plugin is told in `vite.config.ts`. */
export interface DriftlineOptions {
  /** Path of the configuration, relative to Vite's root. @defaultValue `"driftline.yaml"` */
  readonly config?: string;
  /** Names of services. @defaultValue all */
  readonly services?: readonly string[];
  /**
   * Whether a build writes nothing, and fails where anything is out of date: for those who commit what is generated.
   * The development server generates all the same.
   *
   * @defaultValue `false`
   */
  readonly check?: boolean;
}

/**
 * Generates the clients of `driftline.yaml` before Vite needs them, in builds and in development; there it does so again
 * whenever the configuration, a document, a file that one refers to, or an overlay changes. Vite sees the files that are
 * written as it sees any others. What is wrong with a document is shown in the browser, with its place, until it is
 * mended.
 *
 * @returns a plugin for Vite 6 to 8
 */
export function driftline(options: DriftlineOptions = {}): Plugin {
  let config: ResolvedConfig | undefined;
  let session: Session | undefined;
  const request = (): ProjectRequest => ({
    configuration: path.resolve(config?.root ?? "", options.config ?? "driftline.yaml"),
    ...(options.services === undefined ? {} : { services: options.services }),
  });
  return {
    name: "driftline",
    configResolved(resolved) {
      config = resolved;
    },
    async configureServer(server) {
      // A server that is started anew has the plugins of the one before.
      await session?.end();
      session = openSession(server);
    },
    async buildStart() {
      if (session !== undefined) await session.start(request());
      else if (options.check === true) await checkForBuild(this, request());
      else await generateForBuild(this, request(), config?.logger);
    },
    async closeBundle() {
      await session?.end();
      session = undefined;
    },
  };
}

/* -------------------------------------------------------------------- builds */

async function generateForBuild(
  build: Rollup.PluginContext,
  request: ProjectRequest,
  logger: Logger | undefined,
): Promise<void> {
  const { outputs, diagnostics, inputs } = await generateProject(request);
  for (const file of inputs) build.addWatchFile(file);
  if (outputs === undefined) build.error(errorOf(diagnostics));
  const warnings = formatDiagnostics(diagnostics);
  if (warnings !== "") logger?.warn(`driftline\n${warnings}`);
}

async function checkForBuild(build: Rollup.PluginContext, request: ProjectRequest): Promise<void> {
  const { differences, diagnostics, inputs } = await checkProject(request);
  for (const file of inputs) build.addWatchFile(file);
  if (differences === undefined) build.error(errorOf(diagnostics));
  if (differences.length > 0) build.error(outOfDate(differences));
}

/* --------------------------------------------------------------- development */

/** What goes on while a development server runs. */
interface Session {
  /** Generates, and goes on when files change; fulfilled after the first run. */
  readonly start: (request: ProjectRequest) => Promise<void>;
  /** Fulfilled when nothing is written any more. */
  readonly end: () => Promise<void>;
}

function openSession(server: ViteDevServer): Session {
  const end = new AbortController();
  const { watch } = server.config.server;
  const teller = openTeller(server);
  let going: Promise<void> | undefined;
  const take = (run: GeneratedProject): void => {
    teller.tell(run);
    watchWritten(server, run);
  };
  const goOn = async (runs: AsyncIterable<GeneratedProject>): Promise<void> => {
    try {
      for await (const run of runs) take(run);
    } catch (error) {
      // A bug of driftline; the server is none the worse for it.
      server.config.logger.error(`driftline\n${String(error)}`, { timestamp: true });
    }
  };
  return {
    start: async (request) => {
      if (watch === null) {
        teller.tell(await generateProject(request));
        return;
      }
      const usePolling = watch?.usePolling ?? false;
      const runs = watchProject({ ...request, usePolling, signal: end.signal });
      const first = await runs.next();
      if (first.done === true) return;
      take(first.value);
      going = goOn(runs);
    },
    end: async () => {
      end.abort();
      await going;
    },
  };
}

/**
 * Lets Vite watch the folders that were written to. It does so by itself, but for those that are made while it looks
 * around for the first time: of these the chokidar of Vite 6 and 7 misses some, and the browser would never be told that
 * a file in them has changed.
 */
function watchWritten({ watcher }: ViteDevServer, { outputs = [] }: GeneratedProject): void {
  const known = watcher.getWatched();
  const folders = outputs.flatMap(({ folder, written }) =>
    written.map((file) => path.dirname(path.join(folder, file))),
  );
  const missed = [...new Set(folders)].filter((folder) => known[folder] === undefined);
  if (missed.length > 0) watcher.add(missed);
}

/** Tells the terminal and the browsers what became of a run. */
interface Teller {
  readonly tell: (run: GeneratedProject) => void;
}

function openTeller(server: ViteDevServer): Teller {
  const { logger } = server.config;
  let shown: ErrorPayload | undefined;
  let told = "";
  // A page that is opened later has to show it, too.
  server.ws.on("connection", () => {
    if (shown !== undefined) server.ws.send(shown);
  });
  const show = (diagnostics: readonly Diagnostic[]): void => {
    shown = { type: "error", err: { ...errorOf(diagnostics), stack: "" } };
    server.ws.send(shown);
  };
  const clear = (): void => {
    if (shown === undefined) return;
    shown = undefined;
    // An update, even one of nothing, closes the overlay.
    server.ws.send({ type: "update", updates: [] });
  };
  return {
    tell: ({ outputs, diagnostics }) => {
      const text = formatDiagnostics(diagnostics, { color: true });
      const level = outputs === undefined ? "error" : "warn";
      // Warnings stay until somebody mends them: once is enough.
      if (text !== "" && (text !== told || outputs === undefined))
        logger[level](`driftline\n${text}`, { timestamp: true });
      told = text;
      if (outputs === undefined) show(diagnostics);
      else clear();
      const written = outputs?.reduce((sum, output) => sum + output.written.length, 0) ?? 0;
      if (written > 0) logger.info(`driftline ${written} files written`, { timestamp: true });
    },
  };
}
