import type {
  CallModel,
  EncoderModel,
  Int64Json,
  Int64Places,
  JsonPartModel,
} from "./api-model.js";
import { decodersOf, encodersOf } from "./call-parts.js";

/** A function of the runtime that a call needs for its 64-bit integers, and the places that it is given. */
export interface Int64Use {
  readonly function:
    | "int64Json"
    | "int64Content"
    | "int64Parts"
    | "int64Item"
    | "asInt64Json"
    | "int64Events"
    | "int64Items"
    | "int64Errors";
  readonly places: readonly Int64Places[];
}

/** All of them, in a call. */
export function int64Uses(call: CallModel): readonly Int64Use[] {
  const { kind, parameters, body } = call;
  return [
    ...parameters.flatMap(({ int64 }) => int64Use("int64Content", int64)),
    ...parameters.flatMap(({ wholeQuery }) => wholeQuery ?? []).flatMap(encoderUses),
    ...encodersOf(body).flatMap(encoderUses),
    ...(kind === "url" ? [] : decoderUses(call)),
  ];
}

function decoderUses({ response, errors }: CallModel): readonly Int64Use[] {
  const uses = decodersOf(response).flatMap((decoder): readonly Int64Use[] => {
    if (typeof decoder === "string") return [];
    if (!("kind" in decoder)) return [{ function: "asInt64Json", places: [decoder.places] }];
    const { kind, int64 } = decoder;
    const parser = kind === "jsonStream" ? "int64Items" : "int64Events";
    return int64 === undefined ? [] : [{ function: parser, places: [int64.places] }];
  });
  if (errors === undefined) return uses;
  return [
    ...uses,
    { function: "int64Errors", places: errors.statuses.map(([, places]) => places) },
  ];
}

function encoderUses({ encoder, encoding, int64 }: EncoderModel): readonly Int64Use[] {
  const parts = encoding.flatMap(({ as }) => ("int64" in as ? [as] : []));
  return [
    ...int64Use(encoder === "jsonItems" ? "int64Item" : "int64Json", int64),
    ...parts.map((part) => ({
      function: partFunction(part, encoder),
      places: partPlaces(part, encoder),
    })),
  ];
}

/** What writes a property of a form: as one text, or by the items of an array. */
export function partFunction(
  { mediaType }: JsonPartModel,
  encoder: EncoderModel["encoder"],
): "int64Content" | "int64Parts" {
  return mediaType !== undefined && encoder === "form" ? "int64Content" : "int64Parts";
}

/** Whether each part has the media type of the encoding: a text of a form that is not multipart has none. */
export function isTypedPart(
  { mediaType }: JsonPartModel,
  encoder: EncoderModel["encoder"],
): boolean {
  return mediaType !== undefined && encoder !== "form";
}

/** The places that are told what writes a property of a form; before a media type they may not be left out. */
export function partPlaces(
  part: JsonPartModel,
  encoder: EncoderModel["encoder"],
): readonly Int64Places[] {
  return isTypedPart(part, encoder) ? [part.int64.places] : neededPlaces(part.int64);
}

/** Only of a string the runtime has to be told where it is an integer: a bigint is one anywhere. */
export function neededPlaces({ as, places }: Int64Json): readonly Int64Places[] {
  return as === "string" ? [places] : [];
}

function int64Use(name: Int64Use["function"], json: Int64Json | undefined): readonly Int64Use[] {
  return json === undefined ? [] : [{ function: name, places: neededPlaces(json) }];
}
