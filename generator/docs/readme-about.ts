import type { Reference } from "../reference/reference.js";
import { codeSpan } from "./markdown/parts.js";
import { outsideLink } from "./outside-links.js";
import type { ReadmeWriting } from "./writing.js";

/** What the document says of who stands behind it, and on which terms, as values of a list; empty where it says nothing. */
export function aboutValues(
  { about: { license, termsOfService, contact } }: Reference,
  writing: ReadmeWriting,
): Readonly<Record<"license" | "terms" | "contact", string>> {
  const email =
    contact.email !== undefined && EMAIL.test(contact.email) ? contact.email : undefined;
  const { identifier } = license;
  const isKnown = identifier === undefined || identifier === license.name;
  return {
    license: listed([
      linkUnlessEmpty(license.name, license.url, writing),
      isKnown ? "" : codeSpan(identifier),
    ]),
    terms: linkUnlessEmpty(undefined, termsOfService, writing),
    contact: listed([
      linkUnlessEmpty(contact.name, contact.url, writing),
      linkUnlessEmpty(contact.email, email && `mailto:${email}`, writing),
    ]),
  };
}

/** A mailbox that a link can be made of (RFC 6068, 2): nothing in it begins another part of a URL. */
const EMAIL = /^[\w.+-]{1,64}@[\w.-]{1,255}$/;

function linkUnlessEmpty(
  words: string | undefined,
  url: string | undefined,
  writing: ReadmeWriting,
): string {
  return words === undefined && url === undefined ? "" : outsideLink(words, url, writing);
}

function listed(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}
