import { copyAssets } from "./assets.js";
import { bundle } from "./bundle.js";
import { bundledPackages } from "./packages.js";
import { writePublicModules } from "./public-modules.js";
import { writeThirdParty } from "./third-party.js";

/* Makes `dist/`, which is what gets published: `npm run build`. */

const metafile = await bundle();
await copyAssets();
await writePublicModules(metafile);
await writeThirdParty(bundledPackages(metafile));
