/**
 * Our packages that each folder of shipped sources may import, types included: nothing points up. `*` is any one folder.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  "packages/client/src": [],
  "packages/file-lock/src": [],
  "packages/sandbox/src": [],
  "packages/core/src": ["@bridgekit/client", "@bridgekit/file-lock"],
  "packages/server/src": ["@bridgekit/client", "@bridgekit/file-lock"],
  "packages/fleet/src": ["@bridgekit/client", "@bridgekit/core", "@bridgekit/core/run"],
  "packages/test-postgres/src": [],
  // Bundled for the browser and shipped inside the server, which only knows where its files are.
  "packages/console/src": ["@bridgekit/client"],
  "packages/testing/src": [
    "@bridgekit/client",
    "@bridgekit/core",
    "@bridgekit/core/run",
    "@bridgekit/sandbox",
    "@bridgekit/server/testing",
  ],
  "packages/cli/src": [
    "@bridgekit/client",
    "@bridgekit/core",
    "@bridgekit/core/run",
    "@bridgekit/fleet",
    "@bridgekit/server",
    "@bridgekit/server/log",
  ],
  "packages/create-connector/src": [],
  // Connectors run wherever somebody installs them.
  "packages/create-connector/template/src": ["@bridgekit/core"],
  "packages/create-connector/template/sandbox": ["@bridgekit/sandbox"],
  "connectors/*/src": ["@bridgekit/core"],
  "connectors/*/sandbox": ["@bridgekit/sandbox"],
};

/** Which rooms of core may import which, types included. Syncs and tasks know nothing of each other, lists of neither. */
export const CORE_ROOMS: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  telemetry: [],
  lists: ["errors"],
  http: ["connector", "errors", "telemetry"],
  // What a connector declares and what its handlers get refer to each other.
  access: ["connector", "errors"],
  connector: ["access", "errors", "http"],
  state: ["connector", "errors"],
  sync: ["connector", "errors", "state", "telemetry"],
  tasks: ["connector", "errors", "state", "telemetry"],
};
