import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../generator/document/source.js";
import { runStages } from "../../../generator/stages.js";
import type { TypeNode } from "../../../generator/types/type-node.js";
import { documentOf, sourceOf } from "../../support/generate.js";

/** The type of the one schema of a document. */
function typeOf(schema: JsonObject): TypeNode | undefined {
  const document = documentOf({ components: { schemas: { Only: schema } } });
  return runStages(sourceOf(document), {}).types?.schemas.get("Only")?.type;
}

function memberNames(type: TypeNode | undefined): readonly string[] {
  return type?.kind === "object" ? type.members.map(({ name }) => name) : [];
}

describe("the types of a schema", () => {
  it.each(["100%", "%2F", "a b", "1", "1e3", "Infinity", "x#/y", "a~/b", "__proto__", "*/", ""])(
    "keep the property name %j, and what stands below it",
    (name) => {
      const inner = { type: "object", properties: { below: { type: "string" } } };
      const type = typeOf(
        JSON.parse(
          `{ "properties": { ${JSON.stringify(name)}: ${JSON.stringify(inner)} } }`,
        ) as JsonObject,
      );
      expect(memberNames(type)).toEqual([name]);
      expect(type?.kind === "object" ? memberNames(type.members[0]?.type) : []).toEqual(["below"]);
    },
  );

  it("tell properties of one name apart by what the document says of them", () => {
    const described = (description: string): JsonObject => ({
      properties: { id: { type: "string", description } },
    });
    const type = typeOf({ anyOf: [described("Of one."), described("Of the other.")] });
    const docs = (type?.kind === "union" ? type.members : []).flatMap((member) =>
      member.kind === "object" ? member.members.flatMap((property) => property.docs) : [],
    );
    expect(docs).toEqual([
      { kind: "text", text: "Of one." },
      { kind: "text", text: "Of the other." },
    ]);
  });

  it("keep a negative number", () => {
    expect(typeOf({ enum: [-1, 1.5] })).toEqual({
      kind: "union",
      members: [
        { kind: "literal", value: -1 },
        { kind: "literal", value: 1.5 },
      ],
    });
  });
});
