import { isJson } from "../resolve/media-types.js";
import type { EncodingModel, Int64Json } from "./api-model.js";

/**
 * The encodings of a form, and among them those of properties that are JSON with 64-bit integers. Styles write
 * scalars only, which need no care.
 */
export function withInt64Fields(
  encoding: readonly EncodingModel[],
  fields: ReadonlyMap<string, Int64Json>,
): readonly EncodingModel[] {
  const own = new Map(encoding.map((model) => [model.property, model]));
  const json = [...fields].flatMap(([property, int64]): readonly EncodingModel[] => {
    const as = own.get(property)?.as;
    if (as === undefined) return [{ property, as: { int64, mediaType: undefined } }];
    const { mediaType } = { mediaType: undefined, ...as };
    return mediaType !== undefined && isJson(mediaType)
      ? [{ property, as: { int64, mediaType } }]
      : [];
  });
  const replaced = new Set(json.map(({ property }) => property));
  return [...encoding.filter(({ property }) => !replaced.has(property)), ...json];
}
