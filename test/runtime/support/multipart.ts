import type { RecordedRequest } from "./server.js";

export interface Part {
  readonly name: string;
  readonly fileName?: string;
  readonly type?: string;
  readonly body: Buffer;
}

/** Takes a raw multipart body apart (RFC 2046, section 5.1; RFC 7578); strict about every byte. */
export function partsOf(request: RecordedRequest): Part[] {
  const boundary = /^multipart\/form-data; ?boundary=([\w'()+,./:=?-]+)$/.exec(
    String(request.headers["content-type"]),
  )?.[1];
  if (boundary === undefined) throw new Error(`type: ${String(request.headers["content-type"])}`);
  // latin1: one character is one byte.
  const text = `\r\n${request.body.toString("latin1")}`;
  const [preamble, ...pieces] = text.split(`\r\n--${boundary}`);
  const end = pieces.pop();
  if (preamble !== "" || !/^--(\r\n)*$/.test(end ?? "")) throw new Error(`frame: ${text}`);
  return pieces.map((piece) => {
    const [head = "", ...rest] = piece.split("\r\n\r\n");
    const lines = head.split("\r\n").slice(1);
    const disposition = lines.find((line) => /^content-disposition: /i.test(line)) ?? "";
    const match = /form-data; name="([^"]*)"(?:; filename="([^"]*)")?$/i.exec(disposition);
    if (match?.[1] === undefined || rest.length === 0) throw new Error(`part: ${piece}`);
    const type = lines
      .find((line) => /^content-type: /i.test(line))
      ?.slice("content-type: ".length);
    return {
      name: Buffer.from(match[1], "latin1").toString(),
      ...(match[2] === undefined ? {} : { fileName: Buffer.from(match[2], "latin1").toString() }),
      ...(type === undefined ? {} : { type }),
      body: Buffer.from(rest.join("\r\n\r\n"), "latin1"),
    };
  });
}
