import { Option } from "commander";

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
