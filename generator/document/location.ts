import { isIP } from "node:net";
import { isPublicAddress } from "./public-address.js";
import { isLoopback, isUrl } from "./reference-policy.js";

/** Where a root document is. */
export type DocumentLocation =
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "url"; readonly url: string }
  | {
      readonly kind: "git";
      /** What Git calls a revision: a branch, a tag, or the hash of a commit. */
      readonly ref: string;
      /** Relative to the folder of the repository; to the working directory where it begins with `./` or `../`. */
      readonly path: string;
    };

/** Why a text names no document that may be read. The text itself is not repeated: it may hold a password. */
export interface LocationProblem {
  readonly problem: string;
  readonly hint: string;
}

/**
 * Tells what a user means by the name of a document: an `https:` URL, `git:REF:PATH`, or else the path of a file. A file
 * whose name looks like one of the others is named as in `./git:main:api.yaml`.
 *
 * @param isPrivateAllowed whether the host of a URL may be an address that is not public
 */
export function parseLocation(
  text: string,
  isPrivateAllowed = false,
): DocumentLocation | LocationProblem {
  if (/^git:/i.test(text)) return gitLocation(text.slice("git:".length));
  // One letter is a drive of Windows.
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return urlLocation(text, isPrivateAllowed);
  return { kind: "file", file: text };
}

/** A Git revision has no colon in it (git-check-ref-format), so that the first one ends it. */
function gitLocation(text: string): DocumentLocation | LocationProblem {
  const colon = text.indexOf(":");
  const ref = text.slice(0, Math.max(0, colon));
  const path = text.slice(colon + 1);
  if (ref === "" || path === "")
    return { problem: "has no revision or no path after git:", hint: GIT_HINT };
  // What begins with a hyphen could be taken for an option.
  if (ref.startsWith("-") || /[\p{Cc}\\]/u.test(ref))
    return { problem: "has no name of a revision after git:", hint: GIT_HINT };
  if (/^[/\\]|[\p{Cc}\\]/u.test(path))
    return {
      problem: "has a path that is no relative one with forward slashes",
      hint: "Write the path as in the repository: git:main:specs/api.yaml, or git:main:./api.yaml from the working directory.",
    };
  return { kind: "git", ref, path };
}

const GIT_HINT = "Write git:REF:PATH, such as git:main:specs/api.yaml.";

function urlLocation(text: string, isPrivateAllowed: boolean): DocumentLocation | LocationProblem {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isUrl(url.href))
    return {
      problem: "is no URL of https",
      hint: "Name a file, a URL that begins with https://, or git:REF:PATH.",
    };
  if (url.username !== "" || url.password !== "")
    return {
      problem: "has a user name in its URL, which is never sent",
      hint: "Take it out; credentials are headers of an origin under references.origins in driftline.yaml.",
    };
  if (url.protocol === "http:" && !isLoopback(url.origin))
    return {
      problem: "is a URL without TLS",
      hint: "Use https; plain http is for this machine only, such as http://localhost:8080/openapi.json.",
    };
  if (!isPrivateAllowed && !isLoopback(url.origin) && isPrivateHost(url))
    return {
      problem: "leads to an address that is not public",
      hint: "Add --allow-private, or privateNetwork: true under upstream in driftline.yaml, if it is meant.",
    };
  url.hash = "";
  return { kind: "url", url: url.href };
}

/** Whether a host is an address, and not one of the public internet; where names lead is seen when they are resolved. */
function isPrivateHost({ hostname }: URL): boolean {
  const address = hostname.replace(/^\[|\]$/g, "");
  return isIP(address) !== 0 && !isPublicAddress(address);
}
