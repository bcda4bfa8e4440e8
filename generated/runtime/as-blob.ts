import { ANY_BYTES, refusePage } from "./accepted.js";
import type { DecodeContext } from "./call.js";
import { isAccepted, isText, mediaTypeOf } from "./media-type.js";
import { readBytes } from "./read-body.js";

/** Gives a body as bytes. Binary types have many names, and any file may be asked for; but text is no image. */
export async function asBlob(response: Response, context: DecodeContext): Promise<Blob> {
  refusePage(response, context);
  const { accept = ANY_BYTES } = context.call;
  const mediaType = mediaTypeOf(response);
  if (isText(mediaType) && !isAccepted(accept, mediaType) && !isAccepted(accept, ANY_BYTES)) {
    throw context.undecodable(`is ${JSON.stringify(mediaType)}`);
  }
  const chunks = await readBytes(response, context);
  const type = response.headers.get("content-type") ?? "";
  return new Blob(chunks as ConstructorParameters<typeof Blob>[0], { type });
}
