import { lastToken, rename } from "./repair.js";
import type { Patient, Repair } from "./repair.js";

/* Repairs of bodies and responses. Each takes the pointer of what was found. */

/** A media type: two tokens (RFC 9110, 8.3.1) and parameters. */
const MEDIA_TYPE = /^[!#$%&'*+.^_`|~0-9a-z-]+\/[!#$%&'*+.^_`|~0-9a-z-]+(?:\s*;.*)?$/i;

/** What is meant by keys that are no media types, in lower case and without what is neither letter nor digit. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ["json", "application/json"],
  ["applicationjson", "application/json"],
  ["problemjson", "application/problem+json"],
  ["xml", "application/xml"],
  ["applicationxml", "application/xml"],
  ["text", "text/plain"],
  ["plain", "text/plain"],
  ["textplain", "text/plain"],
  ["html", "text/html"],
  ["texthtml", "text/html"],
  ["csv", "text/csv"],
  ["textcsv", "text/csv"],
  ["pdf", "application/pdf"],
  ["applicationpdf", "application/pdf"],
  ["png", "image/png"],
  ["imagepng", "image/png"],
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["zip", "application/zip"],
  ["binary", "application/octet-stream"],
  ["octetstream", "application/octet-stream"],
  ["applicationoctetstream", "application/octet-stream"],
  ["formdata", "multipart/form-data"],
  ["multipart", "multipart/form-data"],
  ["multipartformdata", "multipart/form-data"],
  ["urlencoded", "application/x-www-form-urlencoded"],
  ["formurlencoded", "application/x-www-form-urlencoded"],
  ["xwwwformurlencoded", "application/x-www-form-urlencoded"],
]);

/** `application-json` is `application/json`, and `application/json, text/csv` are two media types. */
export function correctMediaType(pointer: string, patient: Patient): readonly Repair[] {
  const parts = lastToken(pointer).split(/[,\s|]+(?![^;]*=)/);
  const types = parts.filter((part) => part !== "").map(meantType);
  const known = types.flatMap((type) => (type === undefined ? [] : [type]));
  if (known.length < types.length) return [];
  const why = "A media type is written as type/subtype, and each one has an entry of its own.";
  return rename(pointer, [...new Set(known)], why, patient);
}

function meantType(written: string): string | undefined {
  const plain = written.replace(/^["'`]+|["'`]+$/g, "").replaceAll("\\", "/");
  if (MEDIA_TYPE.test(plain)) return plain;
  if (plain === "*") return "*/*";
  return MEANT.get(plain.toLowerCase().replace(/[^a-z0-9]+/g, ""));
}

/** `application/form-data` is registered nowhere, and sent as `multipart/form-data`. */
export function correctFormType(pointer: string, patient: Patient): readonly Repair[] {
  const why =
    "The media type of a form with files is multipart/form-data; the present one is registered nowhere.";
  return rename(pointer, ["multipart/form-data"], why, patient);
}

/** `200 OK` is `200`, `4**` is `4XX`, `Default` is `default`. */
export function correctStatus(pointer: string, patient: Patient): readonly Repair[] {
  const written = lastToken(pointer).trim();
  const code = /^[1-5][0-9]{2}(?=$|[^0-9A-Za-z])/.exec(written)?.[0];
  const range = /^([1-5])(?:xx|\*\*?|\?\?)$/i.exec(written)?.[1];
  const status =
    code ??
    (range === undefined ? undefined : `${range}XX`) ??
    (/^default$/i.test(written) ? "default" : undefined);
  if (status === undefined) return [];
  return rename(
    pointer,
    [status],
    "A response stands under a status code, a range such as 4XX, or default.",
    patient,
  );
}
