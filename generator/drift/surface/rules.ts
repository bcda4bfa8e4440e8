import type { Rule } from "../rule.js";

/**
 * What can stop code from compiling. Where the document tells more of the same change, the rule of the wire is told
 * and these only give its verdict on the source.
 */
export const SURFACE_RULES = {
  "method-removed": {
    title: "method is gone",
    meaning: "Code that calls the method, or names its types, no longer compiles.",
    hint: "Take out the calls, or call what replaces the operation.",
  },
  "method-renamed": {
    title: "method has another name",
    meaning: "The operation is the same, but its method is called something else.",
    hint: "Rename the calls, or keep the old name by giving the operation its old `operationId` in an overlay.",
  },
  "method-moved": {
    title: "method is in another class",
    meaning:
      "The first tag of an operation decides its class; the operation has another one now, so the method is found elsewhere.",
    hint: "Call it where it is now, or keep the old tag first in an overlay.",
  },
  "class-renamed": {
    title: "class has another name",
    meaning:
      "The tag of its operations was renamed, and with it the class and the property of the client.",
    hint: "Rename the class and the property where they are used.",
  },
  "client-renamed": {
    title: "client has another name",
    meaning:
      "The name of the client follows from the title of the document where nothing else is configured.",
    hint: "Keep the name with `name` in driftline.yaml.",
  },
  "parameter-key-renamed": {
    title: "key of a parameter has another name",
    meaning: "The same is sent, but callers pass it under another key.",
    hint: "Rename the key in the calls.",
  },
  "member-removed": {
    title: "member is gone from a type",
    meaning: "Code that reads the member, or writes it in an object, no longer compiles.",
    hint: "Take out what reads or writes it.",
  },
  "member-required": {
    title: "member has to be passed",
    meaning: "Calls that leave it out no longer compile.",
    hint: "Pass it in every call.",
  },
  "member-optional": {
    title: "member may be missing",
    meaning: "Code that relies on the member being there no longer compiles.",
    hint: "Handle the case that it is missing.",
  },
  "value-refused": {
    title: "value can no longer be passed",
    meaning: "The type of what callers pass has become narrower.",
    hint: "Pass one of the values that are left.",
  },
  "value-unforeseen": {
    title: "value that code does not foresee",
    meaning:
      "The type of what callers get has become wider: code that handles the old cases only no longer compiles.",
    hint: "Handle the new case.",
  },
  "answer-removed": {
    title: "answer is no longer told apart",
    meaning:
      "The status is not documented any more, so that `.result()` and `isApiError` know no type for its body.",
    hint: "Take the body for `unknown`, or handle another status.",
  },
  "paging-changed": {
    title: "list is gone through in another way",
    meaning: "`items()` and `pages()` are gone, take other options, or give items of another type.",
    hint: "Ask for the pages one by one, or say how they follow one another with `x-` extensions or an overlay.",
  },
  "media-type-choice-removed": {
    title: "media type can no longer be chosen",
    meaning: "`accept` or `contentType` no longer takes the media type.",
    hint: "Choose one of those that are left.",
  },
  "credential-changed": {
    title: "credential is passed in another way",
    meaning:
      "`auth` no longer takes the security scheme by this name, or takes another kind of credential for it.",
    hint: "Pass the credential by the name and in the form that the client has now.",
  },
  "server-variable-changed": {
    title: "variable of the server is passed in another way",
    meaning: "`serverVariables` no longer takes the variable, or refuses values that it took.",
    hint: "Pass the variables that the client has now, or `baseUrl`.",
  },
  "export-renamed": {
    title: "exported type has another name",
    meaning: "Code that imports it by its old name no longer compiles.",
    hint: "Rename the import.",
  },
  "export-removed": {
    title: "exported name is gone",
    meaning: "Code that imports it no longer compiles.",
    hint: "Take out what uses it, or declare the type in your own code.",
  },
  "type-incompatible": {
    title: "type is another one",
    meaning: "The old and the new type do not fit each other.",
    hint: "Adapt the code to the new type.",
  },
} satisfies Readonly<Record<string, Rule>>;
