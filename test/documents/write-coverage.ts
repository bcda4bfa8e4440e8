import { writeFileSync } from "node:fs";
import { repository } from "../support/repository.js";
import { readSpecFiles } from "../support/spec-files.js";
import { coverageText } from "./coverage.js";
import { SERVICES } from "./services.js";

/* What `npm run coverage` runs. */

const specs = new Map(SERVICES.map((service) => [service, readSpecFiles(service)]));
writeFileSync(repository("specs/COVERAGE.md"), coverageText(specs));
