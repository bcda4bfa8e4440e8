import type { Rule } from "../rule.js";

const NOTHING_TO_DO = "Nothing has to be done.";
const WIDER = "Nothing has to be done; use it where it helps.";
const ASK_MAINTAINERS =
  "Find out from those who run the server what it does with what it no longer documents, and stop sending it.";

/** What may change in an operation, and in the document around it. What is inside of values is told by the schemas. */
export const WIRE_RULES = {
  // Operations
  "operation-added": {
    title: "operation is new",
    meaning: "There is something more to call.",
    hint: WIDER,
  },
  "operation-removed": {
    title: "operation is gone",
    meaning: "Every call of it fails.",
    hint: "Call what replaces the operation, or stay with the old server.",
  },
  "operation-moved": {
    title: "operation has another path",
    meaning: "Calls of the old path find nothing there, or something else.",
    hint: "Update the client together with the server.",
  },
  "operation-method-changed": {
    title: "operation has another method",
    meaning: "Calls by the old method are refused, or mean something else.",
    hint: "Update the client together with the server.",
  },
  "operation-id-changed": {
    title: "operation has another id",
    meaning: "Ids are never sent. The names of methods and types are made of them.",
    hint: "Rename the calls, or keep the old id by an overlay.",
  },
  "tag-renamed": {
    title: "tag has another name",
    meaning: "Tags are never sent. The first tag of an operation names its class.",
    hint: "Rename the class where it is used, or keep the old tag by an overlay.",
  },
  "tag-changed": {
    title: "operation has another tag",
    meaning: "Tags are never sent. The first tag of an operation decides its class.",
    hint: "Call the method where it is now, or keep the old tag first by an overlay.",
  },
  "schema-renamed": {
    title: "schema has another name",
    meaning: "Names of schemas are never sent. Exported types are named by them.",
    hint: "Rename the imports of the type.",
  },
  deprecated: {
    title: "deprecated",
    meaning: "It works as before, and may be removed later.",
    hint: "Plan to do without it.",
  },
  "sunset-changed": {
    title: "operation goes on another day",
    meaning: "The day from which on a deprecated operation may be gone is another one.",
    hint: "Do without the operation before that day.",
  },
  "no-longer-deprecated": {
    title: "no longer deprecated",
    meaning: "It is not going to be removed.",
    hint: NOTHING_TO_DO,
  },
  // Parameters
  "parameter-added": {
    title: "optional parameter is new",
    meaning: "A request can say more than before.",
    hint: WIDER,
  },
  "required-parameter-added": {
    title: "required parameter is new",
    meaning: "Requests without it are refused, and no old client sends it.",
    hint: "Send the parameter before the server asks for it.",
  },
  "parameter-removed": {
    title: "parameter is gone",
    meaning:
      "The server may ignore a parameter that it no longer documents, or refuse it. What it stood for no longer happens.",
    hint: ASK_MAINTAINERS,
  },
  "parameter-renamed": {
    title: "parameter has another name",
    meaning:
      "One parameter is gone and a similar one is new. What is sent by the old name is ignored or refused.",
    hint: "Send the value by its new name.",
  },
  "parameter-moved": {
    title: "parameter is sent elsewhere",
    meaning: "The server looks for the value in another part of the request.",
    hint: "Update the client together with the server.",
  },
  "path-parameter-renamed": {
    title: "path parameter has another name",
    meaning: "The names of path parameters are never sent. Callers pass the values by them.",
    hint: "Rename the key where the method is called.",
  },
  "parameter-became-required": {
    title: "parameter has to be sent",
    meaning: "Requests that leave it out are refused.",
    hint: "Send the parameter in every call.",
  },
  "parameter-became-optional": {
    title: "parameter may be left out",
    meaning: "The server no longer insists on it.",
    hint: NOTHING_TO_DO,
  },
  "parameter-style-changed": {
    title: "parameter is written in another way",
    meaning:
      "The same value is written in another style or media type, and the server reads no other one.",
    hint: "Update the client together with the server.",
  },
  "parameter-reserved-changed": {
    title: "reserved characters of a parameter",
    meaning: "Whether characters such as `/` and `?` are percent-encoded in the value has changed.",
    hint: "Test calls whose values have reserved characters.",
  },
  // Bodies of requests
  "body-added": {
    title: "optional body is new",
    meaning: "A request can say more than before.",
    hint: WIDER,
  },
  "required-body-added": {
    title: "required body is new",
    meaning: "Requests without a body are refused, and no old client sends one.",
    hint: "Send the body before the server asks for it.",
  },
  "body-removed": {
    title: "body is gone",
    meaning: "The server may ignore a body that it no longer documents, or refuse it.",
    hint: ASK_MAINTAINERS,
  },
  "body-became-required": {
    title: "body has to be sent",
    meaning: "Requests without a body are refused.",
    hint: "Send the body in every call.",
  },
  "body-became-optional": {
    title: "body may be left out",
    meaning: "The server no longer insists on a body.",
    hint: NOTHING_TO_DO,
  },
  // Content
  "media-type-added": {
    title: "media type is new",
    meaning: "The content can be written in one more way.",
    hint: WIDER,
  },
  "media-type-removed": {
    title: "media type is gone",
    meaning: "The content can no longer be written in the way that a client may rely on.",
    hint: "Send or ask for one of the media types that are left.",
  },
  "media-type-replaced": {
    title: "media type is another one",
    meaning: "The content is written in another way, and in no other.",
    hint: "Update the client together with the server.",
  },
  "media-type-changed": {
    title: "media type is described otherwise",
    meaning: "The parameters of the media type changed, or a range became a type.",
    hint: "Test a call against the new server.",
  },
  "encoding-changed": {
    title: "property of a body is written in another way",
    meaning: "The property or part has another content type or style.",
    hint: "Update the client together with the server.",
  },
  // Answers
  "response-status-added": {
    title: "status is new",
    meaning:
      "A call can be answered in one more way. Failures have to be expected anyway; another success may not be.",
    hint: "Look at the places that tell answers apart by their status.",
  },
  "response-status-removed": {
    title: "status is gone",
    meaning: "A call is no longer documented to be answered in this way.",
    hint: "Code that handles the status may go.",
  },
  "success-status-changed": {
    title: "success has another status",
    meaning: "Clients that wait for the old status take the new one for something else.",
    hint: "Look at the places that compare the status of the answer.",
  },
  "response-content-added": {
    title: "answer has content",
    meaning: "The answer had no content before.",
    hint: WIDER,
  },
  "response-content-removed": {
    title: "answer has no content",
    meaning: "What was read from the answer is not there any more.",
    hint: "Do without the content, or ask for it by another operation.",
  },
  "header-added": {
    title: "header of an answer is new",
    meaning: "The answer tells more than before.",
    hint: WIDER,
  },
  "header-removed": {
    title: "header of an answer is gone",
    meaning: "What was read from the header is not there any more, if it was there always.",
    hint: "Handle the case that the header is missing.",
  },
  "header-became-required": {
    title: "header of an answer is always there",
    meaning: "The answer promises more than before.",
    hint: NOTHING_TO_DO,
  },
  "header-became-optional": {
    title: "header of an answer may be missing",
    meaning: "A header that could be relied on can be missing now.",
    hint: "Handle the case that the header is missing.",
  },
  "header-style-changed": {
    title: "header of an answer is written in another way",
    meaning:
      "The value is written as another media type, or its members are separated in another way.",
    hint: "Update the client together with the server.",
  },
  // Security
  "security-required": {
    title: "credentials are needed",
    meaning: "Calls without credentials succeeded before, and are refused now.",
    hint: "Pass credentials to the client.",
  },
  "security-dropped": {
    title: "credentials are not needed",
    meaning: "Calls succeed without credentials.",
    hint: NOTHING_TO_DO,
  },
  "security-alternative-added": {
    title: "another credential is enough",
    meaning: "There is one more way to show who is calling.",
    hint: WIDER,
  },
  "security-alternative-removed": {
    title: "credential is not enough",
    meaning: "Who calls with these credentials is refused.",
    hint: "Pass credentials of a scheme that is left.",
  },
  "security-scope-added": {
    title: "more scopes are needed",
    meaning: "Tokens that were got with the old scopes are refused.",
    hint: "Ask for the new scopes when tokens are got.",
  },
  "security-scope-removed": {
    title: "fewer scopes are needed",
    meaning: "Tokens need not be allowed as much as before.",
    hint: NOTHING_TO_DO,
  },
  "security-scheme-changed": {
    title: "security scheme is another one",
    meaning: "Credentials are sent in another way, or are others.",
    hint: "Update the client together with the server, and pass the credentials that it asks for.",
  },
  "security-scheme-renamed": {
    title: "security scheme has another name",
    meaning: "Names of schemes are never sent. Credentials are passed to the client by them.",
    hint: "Rename the key of the credential.",
  },
  "oauth-flow-added": {
    title: "way to get tokens is new",
    meaning: "Tokens can be got in one more way.",
    hint: WIDER,
  },
  "oauth-flow-removed": {
    title: "way to get tokens is gone",
    meaning: "Clients that get their tokens in this way cannot log in any more.",
    hint: "Get tokens by a flow that is left.",
  },
  "oauth-url-changed": {
    title: "tokens are got elsewhere",
    meaning: "The old address may give no tokens any more.",
    hint: "Update the client together with the server.",
  },
  "oauth-scope-added": {
    title: "scope is new",
    meaning: "Tokens can be asked for that are allowed more.",
    hint: WIDER,
  },
  "oauth-scope-removed": {
    title: "scope is gone",
    meaning: "Who asks for the scope is refused a token.",
    hint: "Ask for the scopes that are left.",
  },
  // Servers
  "server-added": {
    title: "server is new",
    meaning: "There is one more address.",
    hint: WIDER,
  },
  "server-removed": {
    title: "server is gone",
    meaning:
      "The address may still be there, but is no longer documented; where no server with any of the old paths is left, every call goes astray.",
    hint: "Call one of the servers that are left.",
  },
  "server-replaced": {
    title: "server has another address",
    meaning:
      "The old address may not answer any more; where its path changed, every call goes astray.",
    hint: "Use the new address.",
  },
  "server-values-added": {
    title: "server variable gained values",
    meaning: "There are more addresses.",
    hint: WIDER,
  },
  "server-values-removed": {
    title: "server variable lost values",
    meaning: "An address that could be chosen is not there any more.",
    hint: "Choose one of the values that are left.",
  },
  "server-default-changed": {
    title: "server variable has another default",
    meaning: "Clients that choose nothing call another address.",
    hint: "Choose the value that you mean.",
  },
  // Extensions that the configuration names
  "pagination-changed": {
    title: "pages follow one another in another way",
    meaning: "A client that goes through the pages in the old way may miss items or never end.",
    hint: "Update the client together with the server.",
  },
  "idempotency-changed": {
    title: "repeating a request means something else",
    meaning: "A request that could be sent again with the effect of once may have it twice now.",
    hint: "Update the client, so that it repeats only what it may.",
  },
} satisfies Readonly<Record<string, Rule>>;
