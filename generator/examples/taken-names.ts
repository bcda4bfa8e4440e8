import { RESERVED_TYPES } from "../names/reserved.js";

/** Globals and imports of programs, which none of their variables may hide. */
const GLOBALS: ReadonlySet<string> = new Set(
  `arguments console crypto error eval globalThis isApiError navigator performance process undefined url
  window`.split(/\s+/),
);

/** Variables of the programs themselves, also of those of helpers: the client stands beside them. */
const VARIABLES: ReadonlySet<string> = new Set(
  `account app baseUrl begin blob body call channelId client context credentials data document event file files first
  follow global headers id input item items length login message name next openSession others output page pages params
  password patient path pending postPicture publish reasonOf refresh response result self session signal size status
  text token upload uploadReports user username value video wholeContext`.split(/\s+/),
);

/** Whether no variable of a program may have a name. */
export function isTakenByAll(name: string): boolean {
  return GLOBALS.has(name) || RESERVED_TYPES.has(name);
}

/** Whether the variable that holds the client may not have a name: all programs have that one. */
export function isTakenForClient(name: string): boolean {
  return isTakenByAll(name) || VARIABLES.has(name);
}
