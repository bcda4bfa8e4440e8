import { hasErrors, type Outcome } from "./diagnostics/diagnostic.js";
import type { DocumentInput, LoadedDocument } from "./document/document-input.js";
import { sourceHash } from "./document/hashes.js";
import type { FileReader } from "./document/file-reader.js";
import { LIMITS } from "./document/limits.js";
import { DISK, loadSource, type LoadOptions } from "./document/load.js";
import type { Source } from "./document/source.js";
import { withOverlays } from "./overlay/overlay-files.js";

/**
 * Reads a document as the stages take it: parsed, with all its files in one value, and with its overlays applied to
 * that value.
 */
export async function loadDocument(
  input: DocumentInput,
  options: LoadOptions = {},
): Promise<LoadedDocument> {
  const asked = new Map<string, string | undefined>();
  const reader = remembering(options.reader ?? DISK, asked);
  const loaded = await loadOverlaid(input, { ...options, reader }, reader);
  return { ...loaded, files: [...asked.keys()], hashes: asked };
}

async function loadOverlaid(
  { file, overlays = [], settings }: DocumentInput,
  options: LoadOptions,
  reader: FileReader,
): Promise<Outcome<Source>> {
  const loaded = await loadSource(file, { ...settings, ...options });
  if (loaded.value === undefined || hasErrors(loaded.diagnostics) || overlays.length === 0)
    return loaded;
  const { readBytes, nameOf } = reader;
  const limits = { ...LIMITS, ...settings?.limits, ...options.limits };
  const overlaid = await withOverlays(loaded.value, file, overlays, {
    readBytes,
    ...(nameOf === undefined ? {} : { nameOf }),
    limits,
  });
  return {
    value: overlaid.value,
    diagnostics: [...loaded.diagnostics, ...overlaid.diagnostics],
  };
}

/** A reader that remembers what is asked of it: the hash of what is read, and what is looked for and is not there. */
function remembering(reader: FileReader, asked: Map<string, string | undefined>): FileReader {
  return {
    ...reader,
    readBytes: async (file, limit) => {
      const earlier = asked.get(file);
      asked.set(file, undefined);
      const read = await reader.readBytes(file, limit);
      const hash = sourceHash(read);
      // A file that changes meanwhile is as if it were missing: no later run finds it like that.
      asked.set(file, earlier === undefined || earlier === hash ? hash : undefined);
      return read;
    },
    realPath: async (file) => {
      try {
        return await reader.realPath(file);
      } catch (error) {
        asked.set(file, undefined);
        throw error;
      }
    },
  };
}
