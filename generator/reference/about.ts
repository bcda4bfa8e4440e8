import { member, stringMember } from "../document/json.js";
import type { JsonObject, JsonValue } from "../document/source.js";

/** Where a part of the document has more to read elsewhere (OpenAPI 3.1, 4.8.11). The URL is that of the document. */
export interface ExternalDocs {
  readonly url: string;
  readonly description: string | undefined;
}

/** Somebody or something with an address: a contact, a license. All of it is as the document has it. */
export interface Addressed {
  readonly name: string | undefined;
  readonly url: string | undefined;
}

/** What the document says of itself (OpenAPI 3.1, 4.8.2), besides its title, version and description. */
export interface About {
  readonly summary: string | undefined;
  readonly termsOfService: string | undefined;
  readonly contact: Addressed & { readonly email: string | undefined };
  /** `identifier`: an expression of SPDX, such as `Apache-2.0`. */
  readonly license: Addressed & { readonly identifier: string | undefined };
  readonly externalDocs: ExternalDocs | undefined;
}

export function describeAbout(document: JsonObject): About {
  const info = member(document, "info");
  const contact = member(info, "contact");
  const license = member(info, "license");
  return {
    summary: stringMember(info, "summary"),
    termsOfService: stringMember(info, "termsOfService"),
    contact: { ...addressed(contact), email: stringMember(contact, "email") },
    license: { ...addressed(license), identifier: stringMember(license, "identifier") },
    externalDocs: externalDocsOf(document),
  };
}

function addressed(value: JsonValue | undefined): Addressed {
  return { name: stringMember(value, "name"), url: stringMember(value, "url") };
}

/** Those of the document, a tag, an operation or a schema. */
export function externalDocsOf(value: JsonValue | undefined): ExternalDocs | undefined {
  const docs = member(value, "externalDocs");
  const url = stringMember(docs, "url");
  return url === undefined ? undefined : { url, description: stringMember(docs, "description") };
}
