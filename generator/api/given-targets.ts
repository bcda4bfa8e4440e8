import { findTargets, pageOptions, usageError, type Targets } from "../commands/targets.js";
import type { Pipeline, ServiceOptions } from "../commands/pipeline-port.js";
import { hasErrors, outcome, type Diagnostic, type Outcome } from "../diagnostics/diagnostic.js";
import type { FileReader } from "../document/file-reader.js";
import { loadDocument } from "../load-document.js";
import { openInline } from "../open-inline.js";
import { ONLY_SERVICE } from "../pins/lock-file.js";
import { jsonText, notJson } from "./given.js";
import {
  fileInMemory,
  folderInMemory,
  memoryFolderOf,
  memoryReader,
  type Memory,
} from "./memory.js";
import { OPTIONS } from "./report.js";
import type { ClientOptions } from "./types.js";

/** The folder of the client in memory. */
export const CLIENT = folderInMemory("client");

/** What a program wants to be made, as the commands take it. */
export interface GivenTargets {
  readonly targets: Outcome<Targets>;
  readonly pipeline: Pipeline;
  readonly reader: FileReader;
}

/**
 * Puts options into a configuration in memory, beside the document, and reads that as any other: so options mean the
 * same everywhere.
 *
 * @param folder the folder in memory of the document
 * @param file the path of the document below it
 */
export async function givenTargets(
  options: ClientOptions,
  folder: string,
  file: string,
  memory: Memory,
): Promise<GivenTargets> {
  const configuration = fileInMemory(folder, OPTIONS);
  const { value: text, diagnostics } = configurationText(options, file);
  const reader = memoryReader(new Map([...memory, [configuration, text ?? ""]]));
  const pipeline = memoryPipeline(reader);
  if (text === undefined) return { targets: { value: undefined, diagnostics }, pipeline, reader };
  const request = { services: [], config: configuration };
  const found = await findTargets(request, pipeline, reader.readBytes);
  const targets = { ...found, value: found.value && inOneFolder(found.value) };
  return { targets, pipeline, reader };
}

function configurationText(options: ClientOptions, file: string): Outcome<string> {
  const { extensions, language, ...service } = options;
  const findings = Object.keys(service).flatMap(keyFinding);
  if (hasErrors(findings)) return { value: undefined, diagnostics: findings };
  const text = jsonText({
    output: "client",
    ...(extensions === undefined ? {} : { extensions }),
    ...(language === undefined ? {} : { language }),
    services: { [ONLY_SERVICE]: { ...service, input: file } },
  });
  return text === undefined
    ? { value: undefined, diagnostics: [notJson("options")] }
    : outcome(text);
}

/** The keys of a service that say where it is on disk or in the network, of which there is nothing here. */
export const PLACES: readonly string[] = ["input", "output", "references", "runtime", "upstream"];

function keyFinding(key: string): readonly Diagnostic[] {
  if (!PLACES.includes(key)) return [];
  return [
    usageError(
      `There is no option ${key}.`,
      "Documents are given as files, and what is made is given back: nothing else is read or written.",
    ),
  ];
}

/** As for one document on the command line, whose client has its runtime, its manifest and its lock in one folder. */
function inOneFolder(targets: Targets): Targets {
  const runtime: ServiceOptions["runtime"] = "./runtime";
  return {
    ...targets,
    root: CLIENT,
    lockFolder: CLIENT,
    runtime: undefined,
    targets: targets.targets.map((target) => ({
      ...target,
      folder: CLIENT,
      options: {
        ...target.options,
        runtime,
        ...(target.options.pages === undefined
          ? {}
          : { pages: pageOptions(folderInMemory(""), CLIENT) }),
      },
    })),
  };
}

/** The line with documents in memory. Nothing is fetched. */
export function memoryPipeline(reader: FileReader): Pipeline {
  return {
    ...openInline(),
    loadDocument: (input) => {
      const { limits = {} } = input.settings ?? {};
      const settings = { limits, origins: [], folders: [] };
      return loadDocument({ ...input, settings }, { reader, root: memoryFolderOf(input.file) });
    },
  };
}
