import { examine } from "./examine.js";
import { serve } from "./serve.js";
import { createTypeChecker } from "./type-checker.js";

/* A worker process: examines one document after the other. The compilers stay loaded. */

const checker = createTypeChecker();
serve(({ file, twice }) => examine(file, checker, twice));
