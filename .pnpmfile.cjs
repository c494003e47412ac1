// Puts the command `bridgekit` on the path of `pnpm exec`. In package.json it would be a dependency of the root, and
// turbo would test every package anew whenever the command or something that it imports changes.
module.exports = {
  hooks: {
    readPackage(manifest) {
      if (manifest.name === "bridgekit") manifest.devDependencies["@bridgekit/cli"] = "workspace:*";
      return manifest;
    },
  },
};
