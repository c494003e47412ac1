module.exports = {
  hooks: {
    readPackage(manifest) {
      // Puts the command `bridgekit` on the path of `pnpm exec`. In package.json it would be a dependency of the root, and
      // turbo would test every package anew whenever the command or something that it imports changes.
      if (manifest.name === "bridgekit") manifest.devDependencies["@bridgekit/cli"] = "workspace:*";
      // The server serves Redoc's standalone bundle, which contains everything that it needs.
      if (manifest.name === "redoc") Object.assign(manifest, { dependencies: {}, peerDependencies: {} });
      return manifest;
    },
  },
};
