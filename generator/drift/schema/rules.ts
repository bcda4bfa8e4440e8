import type { Rule } from "../rule.js";

const LET_SERVER_ACCEPT =
  "Find out whether a value that was sent until now can become invalid, and what to send instead.";
const LOOK_AT_READERS =
  "Look at the places that read the value: they may meet one that they never met before.";
const LOOK_AT_BOTH =
  "Look at the places that send or read the value, and test a call against the new server.";
const NOTHING_TO_DO = "Nothing has to be done.";

/** What may change in a schema. The direction is told beside it: what narrows a request widens no response. */
export const SCHEMA_RULES = {
  // Types (JSON Schema 2020-12, validation, 6.1.1)
  "type-narrowed": {
    title: "type lost an alternative",
    meaning: "Values of a type that was allowed are not allowed any more.",
    hint: LET_SERVER_ACCEPT,
  },
  "type-widened": {
    title: "type gained an alternative",
    meaning: "Values may be of a type that they could not have before.",
    hint: LOOK_AT_READERS,
  },
  "type-changed": {
    title: "type changed",
    meaning: "Values are of another type than before, so that neither side understands the other.",
    hint: LOOK_AT_BOTH,
  },
  "null-refused": {
    title: "null no longer allowed",
    meaning: "A value that could be null has to be something else now.",
    hint: "Leave the value out where it may be missing, or send another one.",
  },
  "null-allowed": {
    title: "null allowed",
    meaning: "A value that was always there can be null now.",
    hint: "Handle null wherever the value is read.",
  },
  // Listed values (validation, 6.1.2 and 6.1.3)
  "enum-added": {
    title: "values listed",
    meaning: "Any value was allowed, and now there is a list of them.",
    hint: LET_SERVER_ACCEPT,
  },
  "enum-removed": {
    title: "values no longer listed",
    meaning: "There was a list of values, and now there can be others.",
    hint: "Handle values that are none of those known.",
  },
  "enum-value-added": {
    title: "enum gained a value",
    meaning: "A program that handles all listed values does not know the new one.",
    hint: "Handle the new value, or any that is not known.",
  },
  "enum-value-removed": {
    title: "enum lost a value",
    meaning: "A value that was listed is not any more.",
    hint: "Do not send the value any more.",
  },
  // Bounds (validation, 6.2 to 6.5)
  "minimum-raised": bound("least number", "raised"),
  "minimum-lowered": bound("least number", "lowered"),
  "maximum-raised": bound("greatest number", "raised"),
  "maximum-lowered": bound("greatest number", "lowered"),
  "min-length-raised": bound("least length", "raised"),
  "min-length-lowered": bound("least length", "lowered"),
  "max-length-raised": bound("greatest length", "raised"),
  "max-length-lowered": bound("greatest length", "lowered"),
  "min-items-raised": bound("least number of items", "raised"),
  "min-items-lowered": bound("least number of items", "lowered"),
  "max-items-raised": bound("greatest number of items", "raised"),
  "max-items-lowered": bound("greatest number of items", "lowered"),
  "min-properties-raised": bound("least number of properties", "raised"),
  "min-properties-lowered": bound("least number of properties", "lowered"),
  "max-properties-raised": bound("greatest number of properties", "raised"),
  "max-properties-lowered": bound("greatest number of properties", "lowered"),
  "multiple-of-changed": {
    title: "step of numbers changed",
    meaning: "Numbers have to be multiples of another number than before.",
    hint: LOOK_AT_BOTH,
  },
  "pattern-changed": {
    title: "pattern changed",
    meaning:
      "Texts have to match another pattern. Whether old ones do cannot be told from the patterns.",
    hint: "Compare the patterns, and try the texts that you send.",
  },
  "format-changed": {
    title: "format changed",
    meaning: "Values are written in another format than before, as far as the server checks it.",
    hint: LOOK_AT_BOTH,
  },
  "content-changed": {
    title: "content of a text changed",
    meaning: "A text holds something else than before, or is encoded in another way.",
    hint: LOOK_AT_BOTH,
  },
  "items-became-unique": {
    title: "items have to differ",
    meaning: "An array with two equal items is not allowed any more.",
    hint: "Remove equal items before the array is sent.",
  },
  "items-may-repeat": {
    title: "items may be equal",
    meaning: "An array may hold two equal items, which it could not before.",
    hint: "Do not rely on the items being different.",
  },
  "contains-changed": {
    title: "needed items changed",
    meaning: "What some of the items of an array have to be has changed.",
    hint: LOOK_AT_BOTH,
  },
  // Objects (core, 10.3.2; validation, 6.5)
  "property-added": {
    title: "optional property added",
    meaning: "Objects may have a property that they could not have before.",
    hint: NOTHING_TO_DO,
  },
  "required-property-added": {
    title: "required property added",
    meaning: "Objects need a property that there was none of before.",
    hint: "Send the property in every request.",
  },
  "property-removed": {
    title: "property removed",
    meaning:
      "A property is not documented any more: nobody sends it, and nobody has to understand it.",
    hint: "Do without the property.",
  },
  "property-renamed": {
    title: "property renamed",
    meaning: "A property is gone and an equal one of another name is there.",
    hint: "Use the new name.",
  },
  "property-became-required": {
    title: "property became required",
    meaning: "A property that could be left out has to be there.",
    hint: "Send the property in every request.",
  },
  "property-became-optional": {
    title: "property became optional",
    meaning: "A property that was always there can be missing.",
    hint: "Handle objects without the property.",
  },
  "property-became-read-only": {
    title: "property became read-only",
    meaning: "The property is no part of requests any more.",
    hint: "Do not send the property.",
  },
  "property-became-writable": {
    title: "property is not read-only any more",
    meaning: "The property is a part of requests now.",
    hint: "Send the property where it is required.",
  },
  "property-became-write-only": {
    title: "property became write-only",
    meaning: "The property is no part of answers any more.",
    hint: "Do without the property in answers.",
  },
  "property-became-readable": {
    title: "property is not write-only any more",
    meaning: "The property is a part of answers now.",
    hint: NOTHING_TO_DO,
  },
  "additional-properties-allowed": {
    title: "other properties allowed",
    meaning: "Objects may have properties besides those that are named.",
    hint: "Do not rely on objects having no other properties.",
  },
  "additional-properties-refused": {
    title: "other properties no longer documented",
    meaning: "Objects may not have properties besides those that are named.",
    hint: "Send only properties that are named.",
  },
  "property-names-changed": {
    title: "names of properties changed",
    meaning: "The names that properties may have are restricted in another way.",
    hint: LOOK_AT_BOTH,
  },
  "dependency-changed": {
    title: "dependent properties changed",
    meaning: "Which properties have to be there because of another one has changed.",
    hint: LOOK_AT_BOTH,
  },
  // Composition (core, 10.2)
  "variant-added": {
    title: "variant added",
    meaning: "A value may be of one more of several kinds.",
    hint: "Handle the new kind, or any that is not known.",
  },
  "variant-removed": {
    title: "variant removed",
    meaning: "A value cannot be of one of several kinds any more.",
    hint: "Do not send values of that kind.",
  },
  "condition-changed": {
    title: "condition changed",
    meaning:
      "What `not`, `if` or `dependentSchemas` say has changed; what that means for values cannot be decided.",
    hint: "Compare the conditions, and try the values that you send.",
  },
  "one-of-overlaps": {
    title: "variants overlap",
    meaning: "A value fits several variants of which it may fit only one.",
    hint: "Send values that fit one of the variants only.",
  },
  "discriminator-changed": {
    title: "discriminator changed",
    meaning: "Which property tells the kinds of a value apart, or by which values, has changed.",
    hint: LOOK_AT_BOTH,
  },
  // Annotations (validation, 9)
  "default-changed": {
    title: "default changed",
    meaning: "The server takes another value for one that is not sent.",
    hint: "Send the value that you mean, where it matters.",
  },
  "value-deprecated": {
    title: "deprecated",
    meaning: "The value still has its meaning, and may be removed later.",
    hint: "Plan to do without it.",
  },
  "value-no-longer-deprecated": {
    title: "no longer deprecated",
    meaning: "The value is not going to be removed.",
    hint: NOTHING_TO_DO,
  },
  // Limits of ours
  "comparison-cut": {
    title: "too large to compare",
    meaning: "The schemas combine so many alternatives that they are not compared any further.",
    hint: "Compare the two schemas by hand.",
  },
} satisfies Readonly<Record<string, Rule>>;

function bound(what: string, way: "raised" | "lowered"): Rule {
  const isNarrower = what.startsWith("least") === (way === "raised");
  return {
    title: `${what} ${way}`,
    meaning: isNarrower
      ? `The ${what} was ${way}, so that values outside are not allowed any more.`
      : `The ${what} was ${way}, so that there can be values that there were not before.`,
    hint: isNarrower ? LET_SERVER_ACCEPT : LOOK_AT_READERS,
  };
}
