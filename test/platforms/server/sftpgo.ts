import { gzipSync } from "node:zlib";
import type { Answer, Stage, StageRequest } from "./stage.js";

const PREFIX = "/api/v2";
const LOG_IN = `Basic ${Buffer.from("bob:påss:wörd").toString("base64")}`;

/** SFTPGo: Basic for a token, files with ranges and times of modification, lists by `offset`. */
export function sftpgo(request: StageRequest, stage: Stage): Answer | undefined {
  const { method, path, headers, token } = request;
  if (!path.startsWith(PREFIX)) return undefined;
  const line = `${method} ${path.slice(PREFIX.length)}`;
  if (line === "GET /user/token" || line === "GET /token") {
    if (headers["authorization"] !== LOG_IN) return DENIED;
    const issued = `jwt-${stage.next()}`;
    stage.tokens.add(issued);
    return { body: { access_token: issued, expires_at: "2026-01-01T00:20:00Z" } };
  }
  return stage.tokens.has(token) ? operation(line, request, stage) : DENIED;
}

const DENIED: Answer = { status: 401, body: { message: "Unauthorized", error: "no token" } };
const MISSING: Answer = { status: 404, body: { message: "Not Found", error: "no such file" } };

function operation(line: string, request: StageRequest, stage: Stage): Answer | undefined {
  const { query, headers, body } = request;
  const path = query.get("path") ?? "";
  switch (line) {
    case "POST /user/files/upload":
      stage.files.set(path, { bytes: body, modified: Number(headers["x-sftpgo-mtime"] ?? 0) });
      return { status: 201, body: { message: "Upload completed" } };
    case "POST /user/files":
      return { status: 201, body: { message: "Upload completed" } };
    case "GET /user/files":
      return download(path, headers["range"], stage);
    case "DELETE /user/files":
      return stage.files.delete(path) ? { body: { message: "File deleted" } } : MISSING;
    case "GET /user/dirs":
      return directory();
    case "GET /users":
      return { body: users(Number(query.get("offset") ?? 0), Number(query.get("limit") ?? 100)) };
    default:
      return undefined;
  }
}

/** A file, or one range of it (RFC 9110, section 14). */
function download(path: string, range: string | undefined, stage: Stage): Answer {
  const file = stage.files.get(path);
  if (file === undefined) return MISSING;
  const { bytes, modified } = file;
  const headers = {
    "content-type": "application/octet-stream",
    "last-modified": new Date(modified).toUTCString(),
  };
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  if (first === undefined) return { headers, body: new Uint8Array(bytes) };
  const start = Number(first);
  const end = last === undefined || last === "" ? bytes.length : Number(last) + 1;
  const place = `bytes ${start}-${end - 1}/${bytes.length}`;
  const part = new Uint8Array(bytes.subarray(start, end));
  return { status: 206, headers: { ...headers, "content-range": place }, body: part };
}

/** A large answer, compressed. */
function directory(): Answer {
  const entries = Array.from({ length: 20_000 }, (_, index) => ({
    name: `файл-${index}.txt`,
    size: index,
    mode: 420,
    last_modified: "2026-01-01T00:00:00Z",
  }));
  const headers = { "content-type": "application/json; charset=utf-8", "content-encoding": "gzip" };
  return { headers, body: new Uint8Array(gzipSync(JSON.stringify(entries))) };
}

function users(offset: number, limit: number): object {
  const length = Math.max(0, Math.min(limit, 7 - offset));
  return Array.from({ length }, (_, index) => ({ username: `user-${offset + index}` }));
}
