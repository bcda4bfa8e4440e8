import type { Decoder } from "./call.js";

/** A decoder for each status: `200`, `2XX` or `default`. */
export interface DecoderByStatus {
  readonly [status: number]: Decoder;
  readonly "2XX"?: Decoder | undefined;
  readonly default?: Decoder | undefined;
}

/**
 * Decodes each success as the document says. A status that it does not mention is decoded like its
 * first success, which is also how it is typed.
 */
export function byStatus(decoders: DecoderByStatus): Decoder {
  return (response, context) => {
    const known = new Map<string, Decoder | undefined>(Object.entries(decoders));
    const first = [...known.keys()].find((key) => key.startsWith("2"));
    const decoder =
      known.get(String(response.status)) ??
      known.get("2XX") ??
      known.get(first ?? "default") ??
      known.get("default");
    if (decoder === undefined) throw context.undecodable("is not in the document");
    return decoder(response, context);
  };
}
