import { describe, expect, it } from "vitest";
import { bodyText } from "../../../generator/model/body-text.js";
import type { MediaType } from "../../../generator/resolve/resolved-api.js";

describe("what a document says of a body", () => {
  it.each<[string, string | undefined, readonly MediaType[], string | undefined]>([
    ["is its description", "The vote.", [content("Positions.")], "The vote."],
    ["is that of its schema, where it has none", undefined, [content("The vote.")], "The vote."],
    ["is that of its schema, where it has an empty one", " ", [content("The vote.")], "The vote."],
    ["is said once", undefined, [content("The vote."), content("The vote.")], "The vote."],
    [
      "is all that its schemas say",
      undefined,
      [content("As JSON."), content("As text.")],
      "As JSON.\n\nAs text.",
    ],
    [
      "is not what is said of one item",
      undefined,
      [{ ...content("A vote."), isItemSchema: true }],
      undefined,
    ],
    ["is nothing, where nobody says anything", undefined, [content(undefined)], undefined],
  ])("%s", (_, description, mediaTypes, expected) => {
    const body = { pointer: "", required: true, description, mediaTypes };
    expect(bodyText(body)).toBe(expected);
  });
});

function content(description: string | undefined): MediaType {
  return {
    name: "application/json",
    isRange: false,
    kind: "json",
    schema: { schema: description === undefined ? {} : { description }, pointer: "" },
    isItemSchema: false,
    encoding: [],
    parts: undefined,
  };
}
