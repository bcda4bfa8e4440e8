import { copyAssets } from "./assets.js";
import { bundle, writeBundle } from "./bundle.js";
import { bundledPackages } from "./packages.js";
import { writePublicModules } from "./public-modules.js";
import { writeThirdParty } from "./third-party.js";

/* Makes `dist/`, which is what gets published: `npm run build`. */

const made = await bundle();
await writeBundle(made);
await copyAssets();
await writePublicModules(made.metafile);
await writeThirdParty(bundledPackages(made.metafile));
