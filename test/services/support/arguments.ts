import type { ApiDocument, MediaType, Operation } from "./document.js";
import { sampleOf } from "./schema.js";

/** Arguments for a method, and what a server is to read from the request. */
export interface SampleArguments {
  readonly params: Readonly<Record<string, unknown>>;
  /** By wire name. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly bodyType: string | undefined;
}

/**
 * Makes arguments for an operation from its document.
 *
 * @param isFull with everything optional, or only with what is required
 * @param bodyType one of the media types of the body; the first unless it is given
 */
export function argumentsFor(
  operation: Operation,
  document: ApiDocument,
  isFull: boolean,
  bodyType?: string,
): SampleArguments {
  const parameters = Object.fromEntries(
    operation.parameters
      .filter(({ required }) => isFull || required === true)
      .map(({ name, schema }) => [name, sampleOf(schema, document, "request", isFull)]),
  );
  const params: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parameters)) params[name.replace(/\[\]$/, "")] = value;
  const content = Object.entries(operation.body?.content ?? {});
  const [range, media] = content.find(([one]) => one === bodyType) ?? content[0] ?? [];
  if (
    range === undefined ||
    media === undefined ||
    (operation.body?.required !== true && !isFull)
  ) {
    return { params, parameters, body: undefined, bodyType: undefined };
  }
  const body =
    media.schema === undefined
      ? new Blob(["bytes\0\r\n"])
      : sampleOf(media.schema, document, "request", isFull);
  params["body"] = body;
  // A choice of media types is the caller's; one that is first in the document may be left to the client.
  const concrete = range.replace("/*", "/x-sample");
  if (content.length > 1 || concrete !== range) params["contentType"] = concrete;
  return { params, parameters, body, bodyType: range };
}

/** What a server reads of a body: files have got a type on their way. */
export function expectedBody(
  sample: unknown,
  range: string | undefined,
  media: MediaType | undefined,
): unknown {
  if (range !== "multipart/form-data") {
    const type = range?.replace("/*", "/x-sample");
    return isFile(sample) ? { ...sample, type } : sample;
  }
  const entries = Object.entries(sample as object).map(([name, value]: [string, unknown]) => {
    const encoding = media?.encoding?.[name];
    const type = encoding?.contentType?.split(",")[0] ?? "application/octet-stream";
    return [name, asParts(value, type, encoding?.style === "deepObject")] as const;
  });
  return Object.fromEntries(entries);
}

/** Files get a type, wherever they are. In the deepObject style an object without members leaves no trace. */
function asParts(value: unknown, type: string, isDeep: boolean): unknown {
  if (isFile(value)) return { ...value, type };
  if (Array.isArray(value)) return value.map((item) => asParts(item, type, isDeep));
  if (!isDeep || typeof value !== "object" || value === null) return value;
  const members = Object.entries(value)
    .map(([key, member]) => [key, asParts(member, type, isDeep)] as const)
    .filter(([, member]) => JSON.stringify(member) !== "{}");
  return Object.fromEntries(members);
}

function isFile(value: unknown): value is { file: string; type: string } {
  return typeof value === "object" && value !== null && "file" in value && "type" in value;
}
