import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ClientRequest, FileMap } from "../../generator/index.js";
import { repository } from "../support/repository.js";

/** A small document. */
export const PETS = `openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        "200":
          description: All pets.
          content:
            application/json:
              schema: { type: array, items: { $ref: "schemas/pet.yaml#/Pet" } }
`;

/** The file that it refers to. */
export const PET = `Pet:
  type: object
  required: [name]
  properties:
    name: { type: string }
    age: { type: integer, format: int64 }
`;

/** Both of them, as programs give them. */
export const FILES = { "api.yaml": PETS, "schemas/pet.yaml": PET };

export const REQUEST: ClientRequest = { document: "api.yaml", files: FILES };

/** The texts of all files below a folder. */
export function filesBelow(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return [
          path.relative(folder, file).replaceAll(path.sep, "/"),
          readFileSync(file, "utf8"),
        ] as const;
      })
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** The document of SFTPGo with all its files. */
export function sftpgo(): ClientRequest {
  const files: FileMap = new Map(
    [...filesBelow(repository("specs"))].filter(([name]) => /^sftpgo[./].*yaml$/.test(name)),
  );
  return { document: "sftpgo.yaml", files };
}

/** In the order of their names. */
export function sorted(
  files: ReadonlyMap<string, string> | undefined,
): readonly (readonly [string, string])[] {
  return [...(files ?? [])].sort(([left], [right]) => (left < right ? -1 : 1));
}
