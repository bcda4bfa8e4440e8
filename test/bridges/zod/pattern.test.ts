import { expect, it } from "vitest";
import { isHarmless } from "../../../generator/bridges/zod-pattern.js";

/* Patterns of documents run on texts of servers: only those do that are quick on every text. */

it.each([
  "^[0-9]+$",
  "^[a-z0-9_]{3,20}$",
  "^(draft|public)$",
  "^v?[0-9]+(\\.[0-9]{1,3})?$",
  "\\.zip$",
])("%s is run", (pattern) => {
  expect(isHarmless(pattern)).toBe(true);
});

it.each([
  ["a repetition in a repetition", "^(a+)+$"],
  ["a repeated choice", "^(a|a)*$"],
  ["the same, with an end", "^(a|a){1,30}$"],
  ["repetitions next to each other", "^[a-z]+[a-z0-9]+[0-9]+$"],
  ["many that may be there", `^${"a?".repeat(30)}${"a".repeat(30)}$`],
  ["many choices", `^${"(a|a)".repeat(30)}$`],
  ["a search from every place", "[a-z]+$"],
  ["one in a group beside another", "^[a-z]+(-[a-z]+)?$"],
  ["what looks ahead", "^(?=.*[0-9]).{8,}$"],
  ["a reference back", "^(a)\\1$"],
  ["what other engines know", "^\\p{Alpha}++$"],
  ["no pattern", "^[a-z"],
])("%s is not", (_, pattern) => {
  expect(isHarmless(pattern)).toBe(false);
});
