import type { Diagnostic, Place, Severity } from "./diagnostic.js";

interface CodeEntry {
  readonly severity: Severity;
  /** What the code stands for, whatever the case at hand: one paragraph for the reference. */
  readonly meaning: string;
  /**
   * Whether it says that something is missing. What cannot be read because of an error seems to be missing too, so that
   * such a finding beside an error tells nothing.
   */
  readonly absence?: true;
}

/**
 * Every diagnostic code. A new one is one entry here and one golden case; the tests tell when either is missing.
 */
export const DIAGNOSTIC_CODES = {
  // Reading files
  "file-not-found": {
    severity: "error",
    meaning: "A file that the command line, the configuration or a $ref names does not exist.",
  },
  "file-unreadable": {
    severity: "error",
    meaning: "A file exists but cannot be read: it is a folder, or permission is missing.",
  },
  "file-too-large": {
    severity: "error",
    meaning:
      "A file, or all files of a document together, are larger than limits.bytes allows: 64 MB unless driftline.yaml says otherwise.",
  },
  "not-utf8": {
    severity: "error",
    meaning: "A file is not UTF-8, the one encoding in which documents are read.",
  },
  // Parsing
  "yaml-syntax": {
    severity: "error",
    meaning: "A file is not well-formed YAML 1.2.",
  },
  "yaml-tag": {
    severity: "error",
    meaning:
      "A YAML value carries a tag outside the YAML 1.2 core schema. Such tags have no meaning in JSON.",
  },
  "yaml-merge-key": {
    severity: "error",
    meaning: "A YAML mapping uses the merge key <<, which YAML 1.2 and OpenAPI do not have.",
  },
  "json-syntax": {
    severity: "error",
    meaning: "A file is not well-formed JSON (RFC 8259).",
  },
  "duplicate-key": {
    severity: "error",
    meaning: "A key stands twice in the same mapping, so that one of the two values would be lost.",
  },
  "too-deep": {
    severity: "error",
    meaning:
      "Values are nested deeper than limits.depth allows: 512 levels unless driftline.yaml says otherwise.",
  },
  "too-many-tokens": {
    severity: "error",
    meaning:
      "A YAML file has so many values, lines and signs that reading it would take more memory than is sensible.",
  },
  "too-many-aliases": {
    severity: "error",
    meaning:
      "YAML aliases repeat so much that the document would grow out of proportion to its text.",
  },
  "non-finite-number": {
    severity: "error",
    meaning:
      "A number is infinite, not a number, or too large for a double, so that JSON cannot express it.",
  },
  "unsafe-integer": {
    severity: "warning",
    meaning:
      "An integer has more digits than a JavaScript number holds, so that the value that is read differs.",
  },
  // The document as a whole
  "not-openapi": {
    severity: "error",
    meaning:
      "The file is not an OpenAPI document: its root is no object, or has neither an openapi nor a swagger field.",
  },
  "unsupported-version": {
    severity: "error",
    meaning:
      "The document follows no version of OpenAPI that driftline reads, or does not say clearly which.",
  },
  "version-spelling": {
    severity: "warning",
    meaning:
      'The version of the document is not written as the specification asks for, such as 3.1 instead of "3.1.0", but can only be meant in one way.',
  },
  "newer-version": {
    severity: "warning",
    meaning:
      "The document follows a minor version of OpenAPI 3 that is newer than this driftline; what that version adds has no effect on the client.",
  },
  // Swagger 2.0
  "assumed-scheme": {
    severity: "warning",
    meaning:
      "A Swagger 2.0 document names a host but no schemes, so that https is taken, or http for a host on the same machine.",
  },
  "newer-construct": {
    severity: "warning",
    meaning:
      "A Swagger 2.0 document uses something that only OpenAPI 3 has, such as requestBody or oneOf; it is read as OpenAPI 3 means it.",
  },
  "tolerated-value": {
    severity: "warning",
    meaning:
      "A value is not written as the specification asks for, but can only be meant in one way, in which it is read.",
  },
  "unsupported-collection-format": {
    severity: "warning",
    meaning:
      "A collectionFormat of Swagger 2.0 does not exist, does not belong into its place, or has no counterpart, so that the client takes one string instead of a list.",
  },
  "body-beside-form": {
    severity: "warning",
    meaning:
      "A Swagger 2.0 operation has several bodies: two body parameters, or one beside form fields.",
  },
  "misplaced-file": {
    severity: "warning",
    meaning: "A file stands where none can be sent, such as in the query or a urlencoded form.",
  },
  "unread-nullable": {
    severity: "warning",
    meaning:
      "A Swagger 2.0 document says x-nullable. An extension means nothing unless driftline.yaml names it.",
  },
  // References
  "invalid-reference": {
    severity: "error",
    meaning: "A $ref is not a string, or neither a URI nor a relative path with forward slashes.",
  },
  "unresolved-reference": {
    severity: "error",
    meaning: "A $ref leads to nothing: its file has no value at the JSON pointer.",
  },
  "ambiguous-reference": {
    severity: "error",
    meaning: "A $ref names an $id or an anchor that several schemas have.",
  },
  "reference-past-id": {
    severity: "warning",
    meaning:
      "A $ref leads to nothing relative to the $id of the schema that it stands in, as JSON Schema wants it, but to something relative to the file.",
  },
  "dynamic-reference-kept": {
    severity: "warning",
    meaning:
      "A $dynamicRef means something else for each schema that extends the one it stands in, and there are too many of these to give each a copy.",
  },
  "circular-reference": {
    severity: "error",
    meaning: "References lead only to each other and never to a value.",
  },
  "remote-reference-refused": {
    severity: "error",
    meaning:
      "A $ref is a URL of an origin that driftline.yaml does not allow. Documents are untrusted, so that nothing they name is fetched otherwise.",
  },
  "reference-outside-root": {
    severity: "error",
    meaning:
      "A $ref leaves the folder of the root document, to one that driftline.yaml does not allow. Documents are untrusted, so that they reach no other files.",
  },
  "fetch-failed": {
    severity: "error",
    meaning:
      "A document that a URL names, or a file that a $ref names, could not be fetched. What the server said is not shown.",
  },
  "invalid-location": {
    severity: "error",
    meaning:
      "A document is named by something that is neither a path, a URL that may be fetched, nor git:REF:PATH.",
  },
  "pull-refused": {
    severity: "error",
    meaning:
      "driftline pull would overwrite a document that has edits of its own, or put one file in the place of several.",
  },
  "unknown-commit": {
    severity: "error",
    meaning:
      "A document is named as git:REF:PATH, and Git knows no such commit where driftline runs.",
  },
  "misplaced-reference": {
    severity: "error",
    meaning:
      "A $ref stands in the place of a whole map, such as paths or components.schemas, where OpenAPI allows none.",
  },
  // The document in detail
  "wrong-shape": {
    severity: "error",
    meaning:
      "A value is of another type than OpenAPI asks for, and something that decides what is sent would be lost with it.",
  },
  "ignored-value": {
    severity: "warning",
    meaning:
      "A value is of another type than OpenAPI asks for, or stands where it does not count; the document is read without it.",
  },
  "incomplete-info": {
    severity: "warning",
    meaning: "The document lacks info, or its title or version.",
  },
  "no-operations": {
    severity: "warning",
    absence: true,
    meaning: "The document has no operation at all, so that the client has no method.",
  },
  "unknown-method": {
    severity: "warning",
    meaning:
      "A path item has a key that is neither a method nor another field, such as a method in capitals.",
  },
  "method-not-sendable": {
    severity: "warning",
    meaning: "A path item has a CONNECT, TRACE or TRACK operation, which fetch refuses to send.",
  },
  "invalid-method": {
    severity: "warning",
    meaning: "A key under additionalOperations is no token, and so no HTTP method.",
  },
  "method-with-field": {
    severity: "warning",
    meaning:
      "additionalOperations has a method that has a field of its own in a path item, such as POST.",
  },
  "invalid-tag-parent": {
    severity: "warning",
    meaning: "The parent of a tag is no tag of the document, or leads back to the tag itself.",
  },
  "unknown-security-scheme": {
    severity: "warning",
    absence: true,
    meaning:
      "A security scheme is of a type that OpenAPI 3.1 does not know, or lacks the fields of its type.",
  },
  "incomplete-oauth-flow": {
    severity: "warning",
    absence: true,
    meaning: "A flow of an OAuth2 security scheme lacks a URL that it needs.",
  },
  "undefined-security-scheme": {
    severity: "warning",
    absence: true,
    meaning: "A security requirement names a scheme that components.securitySchemes does not have.",
  },
  "invalid-media-type": {
    severity: "warning",
    meaning: "A key under content is not a media type.",
  },
  "unregistered-form-type": {
    severity: "warning",
    meaning:
      "A form body has a media type such as application/form-data, which is registered nowhere.",
  },
  "invalid-parameter": {
    severity: "warning",
    absence: true,
    meaning:
      "A parameter has no name, or stands in none of path, query, querystring, header and cookie.",
  },
  "querystring-without-content": {
    severity: "warning",
    meaning:
      "A parameter in querystring lacks the content that says which media type the query is; a form is sent.",
  },
  "beside-querystring": {
    severity: "warning",
    meaning:
      "An operation has a parameter that is the whole query, and others in the query, for which there is no place then.",
  },
  "duplicate-parameter": {
    severity: "warning",
    meaning:
      "One list of parameters declares the same name twice in the same location; names of headers are the same in any case.",
  },
  "undeclared-path-parameter": {
    severity: "warning",
    absence: true,
    meaning: "A path has a name in braces that no parameter declares.",
  },
  "unused-path-parameter": {
    severity: "warning",
    absence: true,
    meaning: "A path parameter is declared, but its name does not stand in the path.",
  },
  "express-path": {
    severity: "warning",
    absence: true,
    meaning: "A path marks its parameters with colons, as Express does, instead of braces.",
  },
  "repeated-operation": {
    severity: "warning",
    meaning:
      "Two paths are one once they are written as OpenAPI asks, such as pets and /pets, and both have the same method; only one of the operations is in the client.",
  },
  "path-without-slash": {
    severity: "warning",
    meaning: "A path does not begin with a slash.",
  },
  "path-with-query": {
    severity: "warning",
    meaning:
      "A path has a ? or # in it. What follows a ? is sent as a query; what follows a # is not sent.",
  },
  "described-elsewhere-header": {
    severity: "warning",
    meaning:
      "A header parameter is Accept, Content-Type or Authorization, which other parts of a document describe.",
  },
  "http-owned-header": {
    severity: "warning",
    meaning: "A header parameter is one that the HTTP layer writes itself, such as Content-Length.",
  },
  "invalid-header-name": {
    severity: "warning",
    meaning: "The name of a header parameter has characters that HTTP does not allow there.",
  },
  "unknown-style": {
    severity: "warning",
    meaning: "A parameter has a style that its location does not have.",
  },
  "body-not-sendable": {
    severity: "warning",
    meaning: "A GET or HEAD operation has a request body, which fetch refuses to send.",
  },
  "invalid-status": {
    severity: "warning",
    meaning: "A response stands under a key that is no status code, range or default.",
  },
  "no-success-response": {
    severity: "warning",
    absence: true,
    meaning: "An operation documents no response that is a success.",
  },
  "missing-operation-id": {
    severity: "warning",
    meaning:
      "An operation has no operationId, so that its method is named after its path. Only the command doctor tells of it.",
  },
  "repeated-operation-id": {
    severity: "warning",
    meaning: "Two operations have the same operationId.",
  },
  "circular-schema": {
    severity: "warning",
    meaning:
      "A schema refers to itself without an object or an array between, so that no value is described.",
  },
  "invalid-referenced-file": {
    severity: "error",
    meaning:
      "A file that a $ref names is no well-formed YAML or JSON. Its text is not shown, since it may be any file.",
  },
  "too-many-files": {
    severity: "error",
    meaning:
      "A document consists of more files than limits.files allows: 1000 unless driftline.yaml says otherwise.",
  },
  "delimited-pattern": {
    severity: "warning",
    meaning:
      "A pattern is written between slashes, as in JavaScript, although JSON Schema has no delimiters.",
  },
  "misspelt-keyword": {
    severity: "warning",
    meaning:
      "A schema has a key that is hardly another one than a keyword of JSON Schema, such as requierd.",
  },
  "value-of-other-type": {
    severity: "warning",
    meaning: "A value of an enum, or a const, is not of the type that its schema names.",
  },
  "long-enum": {
    severity: "warning",
    meaning: "An enum has more values than a type can list with any use to a reader or a compiler.",
  },
  "contradictory-parts": {
    severity: "warning",
    meaning: "The parts of an allOf name different types, so that no value satisfies all of them.",
  },
  "unknown-mapping": {
    severity: "warning",
    absence: true,
    meaning: "The mapping of a discriminator names a schema that the document does not have.",
  },
  "unknown-type": {
    severity: "warning",
    meaning: "A schema has a type that JSON Schema does not know.",
  },
  "nullable-beside-reference": {
    severity: "warning",
    meaning: "A schema has nullable beside a $ref, where OpenAPI 3.0 ignores it.",
  },
  "binary-in-json": {
    severity: "warning",
    meaning: "A JSON request body has a property of raw bytes, which JSON cannot carry.",
  },
  "form-without-names": {
    severity: "warning",
    meaning: "The body of a form is an array, whose items have no names to be sent under.",
  },
  "unsupported-multipart": {
    severity: "warning",
    meaning:
      "A body is of a multipart type other than form-data. Answers of such a type are never taken apart; requests are put together where the document describes their parts in order.",
  },
  "unused-item-schema": {
    severity: "warning",
    meaning:
      "An itemSchema stands under a media type that is no sequence of items, or none that clients take apart.",
  },
  "reference-in-example": {
    severity: "warning",
    meaning: "The value of an example holds a $ref, which is data there and followed by nobody.",
  },
  "invalid-extension": {
    severity: "error",
    absence: true,
    meaning:
      "An extension that the configuration tells to read does not say what it should: it lacks a member, or names a parameter or a part of the answer that is not there.",
  },
  // Overlays
  "invalid-overlay": {
    severity: "error",
    meaning:
      "An overlay lacks a field, has one that the Overlay Specification does not know, or one of another type.",
  },
  "overlay-of-another-document": {
    severity: "error",
    meaning: "An overlay says by extends that it is made for another document.",
  },
  "invalid-json-path": {
    severity: "error",
    meaning: "The target or the copy of an overlay's action is no JSONPath query (RFC 9535).",
  },
  "action-without-match": {
    severity: "error",
    meaning:
      "The target or the copy of an overlay's action selects nothing: the document changed, or the query is wrong.",
  },
  "incompatible-action": {
    severity: "error",
    meaning:
      "An overlay's action does not fit what it selects: an object cannot be merged into a text, for example.",
  },
  "overlay-too-costly": {
    severity: "error",
    meaning:
      "An overlay makes the document grow out of proportion, or looks for its targets for too long.",
  },
  // The configuration
  "unknown-key": {
    severity: "error",
    meaning: "driftline.yaml or an acceptance file has a key that driftline does not know.",
  },
  "missing-key": {
    severity: "error",
    meaning: "driftline.yaml or an acceptance file lacks a key that driftline needs.",
  },
  "invalid-value": {
    severity: "error",
    meaning:
      "A value of driftline.yaml, of an acceptance file or of a command line option is not one that driftline can use.",
  },
  "unknown-service": {
    severity: "error",
    meaning: "The command line names a service that driftline.yaml does not have.",
  },
  "unknown-helper": {
    severity: "error",
    meaning:
      "driftline.yaml adds a helper to a service that driftline does not have: there is no such file in templates/services.",
  },
  "unknown-operation": {
    severity: "error",
    meaning: "The command line names an operation that the document does not have.",
  },
  "missing-variable": {
    severity: "error",
    meaning:
      "A header in driftline.yaml names an environment variable that is not set, or has characters that no header may have.",
  },
  "unknown-code": {
    severity: "error",
    meaning:
      "The command line or driftline.yaml names a diagnostic code that there is none of, or allows one that is an error.",
  },
  "wrong-usage": {
    severity: "error",
    meaning:
      "The command line has a command, an option or an argument that driftline does not know, lacks one, or has several that exclude each other.",
  },
  "unmatched-selection": {
    severity: "error",
    meaning: "An entry of include or exclude names nothing that the document has.",
  },
  "empty-selection": {
    severity: "error",
    meaning: "include and exclude together leave no operation of the document.",
  },
  "unused-exception": {
    severity: "warning",
    meaning: "A warning is allowed that does not come up, so that the exception is not needed.",
  },
  // Acceptance files
  "unused-acceptance": {
    severity: "warning",
    meaning:
      "An entry of an acceptance file matches no change between the two documents, so that it is not needed.",
  },
  "expired-acceptance": {
    severity: "warning",
    meaning:
      "The last day of an entry of an acceptance file is over, so that it accepts nothing any more.",
  },
  // The output
  "unsafe-path": {
    severity: "error",
    meaning: "A path to be written leaves the output folder, or is a symbolic link.",
  },
  "would-overwrite": {
    severity: "error",
    meaning: "A file that driftline did not write stands where a generated file belongs.",
  },
  "output-locked": {
    severity: "error",
    meaning: "Another run is writing to the same output folder.",
  },
  "write-failed": {
    severity: "error",
    meaning: "The operating system refused to write. Everything was put back as it was.",
  },
  "invalid-manifest": {
    severity: "error",
    meaning:
      "driftline-manifest.json of an output folder cannot be read, so that nobody knows which files are generated.",
  },
  // driftline.lock
  "invalid-lock": {
    severity: "error",
    meaning:
      "driftline.lock has a key that there is none of, a value of another form, or a name that is none.",
  },
  "newer-lock": {
    severity: "error",
    meaning:
      "driftline.lock was written by a newer driftline, in a format that this one does not know.",
  },
  "lock-conflict": {
    severity: "error",
    meaning: "driftline.lock still has the marks of a merge that nobody has brought to its end.",
  },
  "pinned-twice": {
    severity: "error",
    meaning: "driftline.lock gives two things of one service the same name.",
  },
  "lost-name": {
    severity: "warning",
    meaning:
      "Something has another name than in driftline.lock, and its earlier one cannot stay as a deprecated alias, because something else has it now.",
  },
  "kept-edited-file": {
    severity: "warning",
    meaning: "A file that is no longer generated was edited by hand and was therefore not removed.",
  },
  "recovered-interrupted-run": {
    severity: "warning",
    meaning:
      "An earlier run was interrupted while it wrote; what it had changed was put back first.",
  },
} as const satisfies Readonly<Record<string, CodeEntry>>;

/** Names a kind of finding; stable, so that people can search for it. */
export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;

const CODES: Readonly<Record<string, CodeEntry>> = DIAGNOSTIC_CODES;

/** Tells a code from other texts. */
export function isDiagnosticCode(text: string): text is DiagnosticCode {
  return Object.hasOwn(DIAGNOSTIC_CODES, text);
}

/** Leaves out of findings those that may be there only because an error kept something from being read. */
export function firstHand(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  return findings.filter(({ code }) => CODES[code]?.absence !== true);
}

/** Makes a diagnostic; its severity is that of its code. */
export function diagnostic(
  code: DiagnosticCode,
  finding: { readonly message: string; readonly hint: string; readonly place?: Place },
): Diagnostic {
  return { code, severity: DIAGNOSTIC_CODES[code].severity, ...finding };
}
