/**
 * What each folder of shipped sources may import of our other packages, types included: nothing points up. The arrows of
 * ARCHITECTURE.md, as data; `*` is any one folder.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  "packages/client/src": [],
  "packages/file-lock/src": [],
  "packages/sandbox/src": [],
  "packages/core/src": ["@bridgekit/client", "@bridgekit/file-lock"],
  "packages/server/src": ["@bridgekit/client", "@bridgekit/file-lock"],
  // Bundled for a browser, and shipped inside of the server, which knows nothing of it but where its files are.
  "packages/console/src": ["@bridgekit/client"],
  "packages/testing/src": [
    "@bridgekit/client",
    "@bridgekit/core",
    "@bridgekit/core/run",
    "@bridgekit/sandbox",
    "@bridgekit/server/testing",
  ],
  "packages/cli/src": ["@bridgekit/client", "@bridgekit/core", "@bridgekit/core/run", "@bridgekit/server"],
  "packages/create-connector/src": [],
  // What a connector ships runs wherever somebody installs it.
  "packages/create-connector/template/src": ["@bridgekit/core"],
  "packages/create-connector/template/sandbox": ["@bridgekit/sandbox"],
  "connectors/*/src": ["@bridgekit/core"],
  "connectors/*/sandbox": ["@bridgekit/sandbox"],
};
