import type { ConnectorNames } from "./connector-names.ts";
import { commonManifest, dependenciesOf, DEVELOPMENT, DIST_EXPORTS, ENGINES, SCRIPTS, toJson } from "./package-json.ts";
import { pick, type Ranges } from "./ranges.ts";
import { renderTemplate, type Files } from "./render-template.ts";

const REPOSITORY = "https://github.com/bridgekit/bridgekit";

/** Returns the files of a connector in the repository; paths are relative to the root. */
export function repositoryFiles(names: ConnectorNames, ranges: Ranges): Files {
  const folder = `connectors/${names.slug}`;
  const name = `@bridgekit/connector-${names.slug}`;
  const files: Files = {
    ...renderTemplate(names, name),
    "package.json": toJson({
      ...commonManifest({ name, title: names.title }),
      homepage: `${REPOSITORY}/tree/main/${folder}#readme`,
      bugs: `${REPOSITORY}/issues`,
      license: "Apache-2.0",
      repository: { type: "git", url: `git+${REPOSITORY}.git`, directory: folder },
      files: ["dist", "README.md"],
      type: "module",
      sideEffects: false,
      exports: { ".": "./src/index.ts", "./sandbox": "./sandbox/index.ts" },
      publishConfig: { exports: DIST_EXPORTS, access: "public" },
      scripts: SCRIPTS,
      dependencies: dependenciesOf(ranges),
      devDependencies: pick(ranges, DEVELOPMENT),
      engines: ENGINES,
    }),
    "tsconfig.build.json": toJson({
      extends: "../../tsconfig.build.json",
      compilerOptions: { rootDir: ".", outDir: "dist" },
      include: ["src", "sandbox"],
    }),
    "vitest.config.ts": 'export { default } from "../../vitest.config.ts";\n',
  };
  return {
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text])),
    [`.changeset/${names.slug}-connector.md`]: `---\n"${name}": minor\n---\n\nA connector for ${names.title}. It syncs users and teams, and suspends and unsuspends users.\n`,
  };
}
