import type { FileStructure } from "../emit/file.js";
import type { ApiModel } from "../model/api-model.js";
import type { TypeTable } from "../types/types.js";

/** What a bridge is made of. */
export interface BridgeInput {
  readonly types: TypeTable;
  readonly model: ApiModel;
  /** The way from the files of the client to the runtime's folder. */
  readonly runtime: string;
}

/** Makes the files that join a client to a library of somebody else, which lie in the folder of the client. */
export type Bridge = (input: BridgeInput) => readonly FileStructure[];
