import { existsSync } from "node:fs";
import { repository } from "../test/support/repository.js";
import type { Source } from "./tools.js";

const PUBLISHED = "../shared/reference/specs";
const FILES = {
  peertube: "peertube-8.1.0.yaml",
  mastodon: "mastodon-4.7.0.json",
  sftpgo: "sftpgo-2.7.0.yaml",
} as const;

/** The documents of the three services: as published where they lie beside the clone, else those of `specs/`. */
export function threeDocuments(): { readonly sources: readonly Source[]; readonly told: string } {
  const services = Object.entries(FILES);
  const published = services.map(([service, name]) => ({
    service,
    file: repository(`${PUBLISHED}/${name}`),
  }));
  if (published.every(({ file }) => existsSync(file))) {
    return { sources: published, told: `As published: ${services.map(([, n]) => n).join(", ")}.` };
  }
  const own = services.map(([service]) => ({ service, file: repository(`specs/${service}.yaml`) }));
  return { sources: own, told: "The documents of `specs/`, for the published ones are not here." };
}

/** GitHub's document of 13 MB; `npm ci --prefix bench/github` brings it. */
export const GITHUB = repository(
  "bench/github/node_modules/@octokit/openapi/generated/api.github.com.json",
);
