import type {
  BodyModel,
  Decoder,
  DecodingModel,
  EncoderModel,
  MediaTypeDecoding,
  StatusDecoding,
} from "./api-model.js";

/** Everything that can encode the body of a call. */
export function encodersOf(body: BodyModel | undefined): readonly EncoderModel[] {
  if (body === undefined) return [];
  return body.kind === "single" ? [body] : body.options;
}

/** Everything that can decode a success of a call. */
export function decodersOf(response: DecodingModel): readonly Decoder[] {
  if (response.kind === "uniform") return [response.decoder];
  return response.statuses.flatMap(({ decoding }) =>
    isByMediaType(decoding) ? decoding.map(({ decoder }) => decoder) : [decoding],
  );
}

/** Whether the media type of an answer decides how it is decoded. */
export function isByMediaType(
  decoding: StatusDecoding["decoding"],
): decoding is readonly MediaTypeDecoding[] {
  return Array.isArray(decoding);
}
