import { describe, expect, it } from "vitest";
import { assignNames, shortHash, type Candidate } from "../../../generator/names/collisions.js";

const candidate = (identity: string, ...names: string[]): Candidate => ({ identity, names });
const assigned = (...args: Parameters<typeof assignNames>): Readonly<Record<string, string>> =>
  Object.fromEntries(assignNames(...args));

describe("collisions", () => {
  it("leave a name alone that nobody else wants", () => {
    expect(assigned([candidate("GET /a", "getA", "longer")])).toEqual({ "GET /a": "getA" });
  });

  it("qualify both sides", () => {
    expect(assigned([candidate("1", "a", "a1"), candidate("2", "a", "a2")])).toEqual({
      1: "a1",
      2: "a2",
    });
  });

  it("count names that differ in case as one, for files and readers do", () => {
    expect(assigned([candidate("1", "User", "x"), candidate("2", "user", "y")])).toEqual({
      1: "x",
      2: "y",
    });
  });

  it("end in a part of the hash of the identity", () => {
    expect(assigned([candidate("1", "a"), candidate("2", "a")])).toEqual({
      1: `a_${shortHash("1")}`,
      2: `a_${shortHash("2")}`,
    });
  });

  it("keep the alphabet of file names", () => {
    const names = assignNames([candidate("1", "a-api"), candidate("2", "a-api")], {
      separator: "-",
    });
    for (const name of names.values()) expect(name).toMatch(/^a-api-[0-9a-f]{8}$/);
  });

  it("pass over names that are taken, and empty ones", () => {
    const taken = (name: string): boolean => name === "then";
    expect(assigned([candidate("1", "then", "", "thenOperation")], { taken })).toEqual({
      1: "thenOperation",
    });
  });

  it("shorten names that are no pleasure to read", () => {
    const [name = ""] = Object.values(assigned([candidate("1", "x".repeat(5000))]));
    expect(name).toBe(`${"x".repeat(100)}_${shortHash("1")}`);
  });

  it("give a name that falls back onto another's a new one in turn", () => {
    const names = assigned([
      candidate("1", "a", "b"),
      candidate("2", "a", "c"),
      candidate("3", "b", "d"),
    ]);
    expect(names["2"]).toBe("c");
    expect(new Set(Object.values(names)).size).toBe(3);
  });

  it("do not depend on an order", () => {
    const all = [
      candidate("1", "a", "ab"),
      candidate("2", "A", "b"),
      candidate("3", "ab", "c"),
      candidate("4", "d"),
      candidate("5", "D"),
      candidate("6", "e"),
    ];
    const expected = assigned(all);
    for (let turn = 1; turn < all.length; turn += 1)
      expect(assigned([...all.slice(turn), ...all.slice(0, turn)])).toEqual(expected);
    expect(assigned([...all].reverse())).toEqual(expected);
  });

  it("change nothing for those who do not take part", () => {
    const before = [candidate("1", "a", "a1"), candidate("2", "a", "a2")];
    const after = assigned([...before, candidate("3", "other"), candidate("4", "else")]);
    expect(after).toMatchObject(assigned(before));
  });
});
