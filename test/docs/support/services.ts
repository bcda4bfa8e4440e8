import { readDocument, type ApiDocument } from "../../services/support/document.js";
import { SERVICES } from "../../services/support/calls.js";
import { readPages, type PageFile } from "./page-files.js";

/** A service with its document, which was read by means that share nothing with the generator, and its pages. */
export interface DocumentedService {
  readonly service: string;
  readonly document: ApiDocument;
  readonly pages: readonly PageFile[];
}

/** All services that have pages in the repository. */
export const DOCUMENTED_SERVICES: readonly DocumentedService[] = SERVICES.map(({ service }) => ({
  service,
  document: readDocument(service),
  pages: readPages(service),
}));
