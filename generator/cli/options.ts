import { Option } from "commander";
import { BRIDGES } from "../bridges/bridge-names.js";
import { LANGUAGES } from "../config/language.js";
import { INT64_POLICIES } from "../document/int64-policy.js";

/** `--allow-folder`, where one document is named. */
export function allowFolder(): Option {
  return repeated(
    "--allow-folder <folder>",
    "with --input: a folder that references may read, too",
  );
}

/** `--allow-origin`, where one document is named. */
export function allowOrigin(): Option {
  return repeated(
    "--allow-origin <url>",
    "with --input: an origin from which references may fetch files",
  );
}

/** `--allow-private`, where one document is named. */
export function allowPrivate(): Option {
  return new Option(
    "--allow-private",
    "with --input: allow URLs that lead to an address that is not public",
  );
}

/** `--limit`, where one document is named. */
export function limitOption(): Option {
  return repeated("--limit <limit=number>", "with --input: a limit, such as files=2000");
}

/** What decides the client of one document, as keys of a service do in the configuration. */
export function clientOptions(): readonly Option[] {
  return [
    new Option(
      "--int64 <type>",
      "with --input: what a 64-bit integer is (default: number)",
    ).choices(INT64_POLICIES),
    new Option("--language <name>", "with --input: what it is written in").choices(LANGUAGES),
    repeated("--bridge <library>", `with --input: join it to ${BRIDGES.join(", ")}`),
    repeated("--helper <name>", "with --input: add a helper of driftline"),
    repeated("--extension <key=x-name>", "with --input: an extension to read"),
  ];
}

/** An option that can be given several times. */
export function repeated(flags: string, description: string): Option {
  return new Option(flags, `${description} (repeatable)`).argParser(
    (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
  );
}

/** `--overlay`, for one document. */
export function overlayOption(): Option {
  return repeated("--overlay <file>", "an overlay to apply to the document");
}
