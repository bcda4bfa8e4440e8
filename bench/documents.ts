import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../test/support/repository.js";
import type { Source } from "./tools.js";

const PUBLISHED = "../shared/reference/specs";
const FILES = {
  peertube: "peertube-8.1.0.yaml",
  mastodon: "mastodon-4.7.0.json",
  sftpgo: "sftpgo-2.7.0.yaml",
} as const;

/** The services whose documents are measured. */
export type Service = keyof typeof FILES;

/** An operation of each, of which both documents have a summary and parameters of its own. */
export const CHANGED: Readonly<Record<Service, string>> = {
  peertube: "getVideo",
  mastodon: "getAccount",
  sftpgo: "get_users",
};

/** The documents of the three services. */
export interface ThreeDocuments {
  readonly sources: readonly (Source & { readonly service: Service })[];
  /** What they are, as a sentence for notes. */
  readonly told: string;
}

/** The names of the three. */
export const SERVICES = Object.keys(FILES) as readonly Service[];

/**
 * Copies the documents of the three services into a new folder `documents`: as published where they lie beside the
 * clone, else those of `specs/` with all of their files. Addresses of examples are taken out, for some of the others
 * fetch them, and wait for it where there is no network.
 */
export function threeDocuments(folder: string): ThreeDocuments {
  const own = path.join(folder, "documents");
  mkdirSync(own);
  const published = SERVICES.every((one) => existsSync(repository(`${PUBLISHED}/${FILES[one]}`)));
  if (published) {
    for (const name of Object.values(FILES)) copyFile(repository(`${PUBLISHED}/${name}`), own);
  } else cpSync(repository("specs"), own, { recursive: true });
  return {
    sources: SERVICES.map((service) => ({
      service,
      file: path.join(own, published ? FILES[service] : `${service}.yaml`),
    })),
    told: published
      ? `As published, less the addresses of examples: ${Object.values(FILES).join(", ")}.`
      : "The documents of `specs/`, for the published ones are not here.",
  };
}

function copyFile(file: string, folder: string): void {
  const text = readFileSync(file, "utf8");
  const without = text.replaceAll(/\bexternalValue: https?:\S+/g, 'value: "elsewhere"');
  writeFileSync(path.join(folder, path.basename(file)), without);
}

/** The files that a document consists of: itself, and those of the folder of the same name, if there is one. */
export function filesOf({ service, file }: Source): readonly string[] {
  const parts = path.join(path.dirname(file), service);
  if (!existsSync(parts)) return [file];
  return [file, ...readdirSync(parts).map((name) => path.join(parts, name))];
}

/** GitHub's document of 13 MB; `npm ci --prefix bench/github` brings it. */
export const GITHUB = repository(
  "bench/github/node_modules/@octokit/openapi/generated/api.github.com.json",
);
