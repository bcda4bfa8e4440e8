import type { JsonValue } from "../document/source.js";
import type { Level } from "./level.js";
import type { Direction, Position, ValuePath } from "./position.js";
import type { RuleId } from "./rules.js";

/** What changed between two documents, told once, however many operations it touches. */
export interface Finding {
  readonly rule: RuleId;
  /** Whether a client that conforms to the old document fails against a server that conforms to the new one. */
  readonly wire: Level;
  /** Whether TypeScript code that compiles against the old client still compiles against the new one. */
  readonly source: Level;
  readonly direction: Direction | undefined;
  /** What a caller will notice: one sentence. */
  readonly message: string;
  readonly hint: string;
  /** Where in the old document; `undefined` where that has nothing of the kind. */
  readonly old: FindingSpot | undefined;
  /** Where in the new document; `undefined` where that has nothing of the kind. */
  readonly new: FindingSpot | undefined;
  /** The operations that it touches, in the order of path and method; empty where it is about the document as a whole. */
  readonly places: readonly FindingPlace[];
  /** Set where there are so many places that only some of them were looked for. */
  readonly hasMorePlaces?: true;
  /** 16 hexadecimal digits that stay the same while the change does, whatever else changes in the documents. */
  readonly fingerprint: string;
  /** The places of the user's own code that it touches; only where they are asked for. */
  readonly usages?: readonly UsageSpot[];
}

/** A place of the user's code. */
export interface UsageSpot {
  /** Relative to the folder that the user is in, with `/` between folders. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** The line, without the spaces around it. */
  readonly text: string;
}

/** A place of a document, as a reader finds it. */
export interface FindingSpot {
  /** JSON pointer in {@link file}. */
  readonly pointer: string;
  /** As the user named it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly value: JsonValue | undefined;
}

/** Where in an operation a finding is noticed. */
export interface FindingPlace {
  readonly method: string;
  /** The path template: of the new document, or of the old one where the operation is gone. */
  readonly path: string;
  readonly operationId: string | undefined;
  /** `VideoApi.getVideo` in the old client; in the new one where the old one has none. */
  readonly name: string | undefined;
  /** The same in the new client, where that is another name. */
  readonly newName: string | undefined;
  readonly position: Position;
  readonly valuePath: ValuePath;
}

/** What one document is called in reports. */
export interface DocumentLabel {
  /** As the user named it: a path, a URL, or `git:REF:PATH`. */
  readonly location: string;
  readonly title: string;
  readonly version: string;
  /** SHA-256 of the document, whatever its layout. */
  readonly hash: string;
}

/** A difference that is no drift: a text, an example, or the way in which something is written. */
export interface TextDifference {
  readonly what:
    "description" | "summary" | "title" | "example" | "externalDocs" | "comment" | "tag";
  readonly old: FindingSpot | undefined;
  readonly new: FindingSpot | undefined;
}

/** All that two documents differ in. */
export interface Comparison {
  readonly old: DocumentLabel;
  readonly new: DocumentLabel;
  /** Worst first, then by path, method and place. */
  readonly findings: readonly Finding[];
  /** What is no drift; only where it is asked for. */
  readonly texts: readonly TextDifference[];
  /** How many operations each document has. */
  readonly operations: { readonly old: number; readonly new: number };
}
