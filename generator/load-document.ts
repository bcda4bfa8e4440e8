import { hasErrors, type Outcome } from "./diagnostics/diagnostic.js";
import type { DocumentInput } from "./document/document-input.js";
import { LIMITS } from "./document/limits.js";
import { loadSource, type LoadOptions } from "./document/load.js";
import type { Source } from "./document/source.js";
import { withOverlays } from "./overlay/overlay-files.js";

/**
 * Reads a document as the stages take it: parsed, with all its files in one value, and with its overlays applied to
 * that value.
 */
export async function loadDocument(
  { file, overlays = [], settings }: DocumentInput,
  options: LoadOptions = {},
): Promise<Outcome<Source>> {
  const loaded = await loadSource(file, { ...settings, ...options });
  if (loaded.value === undefined || hasErrors(loaded.diagnostics) || overlays.length === 0)
    return loaded;
  const { reader } = options;
  const limits = { ...LIMITS, ...settings?.limits, ...options.limits };
  const overlaid = await withOverlays(loaded.value, file, overlays, {
    ...(reader === undefined ? {} : { readBytes: reader.readBytes }),
    limits,
  });
  return {
    value: overlaid.value,
    diagnostics: [...loaded.diagnostics, ...overlaid.diagnostics],
  };
}
