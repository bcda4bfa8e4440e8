import { execFileSync } from "node:child_process";
import path from "node:path";

/**
 * The environment of all package managers: caches and settings of their own below a folder, the registry that npm is
 * set to here, and nothing that the `npm run` which runs this has set.
 */
export function environment(folder: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_|^(?:INIT_CWD|NODE_OPTIONS|NODE_ENV)$/.test(name),
  );
  const registry = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
  const home = path.join(folder, "home");
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CACHE_HOME: path.join(home, "cache"),
    XDG_CONFIG_HOME: path.join(home, "config"),
    XDG_DATA_HOME: path.join(home, "data"),
    CI: "1",
    NO_COLOR: "1",
    npm_config_registry: registry,
    npm_config_cache: path.join(home, "npm"),
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
    YARN_CACHE_FOLDER: path.join(home, "yarn"),
    YARN_GLOBAL_FOLDER: path.join(home, "yarn-4"),
    YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
    YARN_ENABLE_TELEMETRY: "false",
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_UNSAFE_HTTP_WHITELIST: new URL(registry).hostname,
    BUN_INSTALL: path.join(home, "bun"),
  };
}
