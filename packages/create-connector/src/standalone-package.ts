import type { ConnectorNames } from "./connector-names.ts";
import { commonManifest, dependenciesOf, DEVELOPMENT, DIST_EXPORTS, ENGINES, SCRIPTS, toJson } from "./package-json.ts";
import { pick, type Ranges } from "./ranges.ts";
import { renderTemplate, type Files } from "./render-template.ts";

/** What npm calls a connector that is not one of ours; its folder has the same name. */
export function standaloneName({ slug }: ConnectorNames): string {
  return `bridgekit-connector-${slug}`;
}

/** A connector that stands alone, with a compiler's and a test runner's settings of its own; paths are from its folder. */
export function standaloneFiles(names: ConnectorNames, ranges: Ranges): Files {
  const name = standaloneName(names);
  return {
    ...renderTemplate(names, name),
    "package.json": toJson({
      ...commonManifest({ name, title: names.title }),
      license: "UNLICENSED",
      files: ["dist", "README.md"],
      type: "module",
      sideEffects: false,
      exports: DIST_EXPORTS,
      scripts: { ...SCRIPTS, prepack: "npm run build", types: "tsc" },
      dependencies: dependenciesOf(ranges),
      devDependencies: pick(ranges, [...DEVELOPMENT, "@types/node", "typescript", "vitest"]),
      engines: ENGINES,
    }),
    "tsconfig.json": toJson({
      compilerOptions: {
        target: "ES2023",
        lib: ["ES2024", "ESNext.Array", "ESNext.Disposable", "ESNext.Collection", "ESNext.Iterator"],
        module: "NodeNext",
        types: ["node"],
        strict: true,
        noUncheckedIndexedAccess: true,
        noUnusedLocals: true,
        verbatimModuleSyntax: true,
        erasableSyntaxOnly: true,
        skipLibCheck: true,
        allowImportingTsExtensions: true,
        noEmit: true,
      },
      include: ["src", "sandbox", "test", "*.config.ts"],
    }),
    "tsconfig.build.json": toJson({
      extends: "./tsconfig.json",
      compilerOptions: {
        allowImportingTsExtensions: false,
        rewriteRelativeImportExtensions: true,
        declaration: true,
        noEmit: false,
        rootDir: ".",
        outDir: "dist",
      },
      include: ["src", "sandbox"],
    }),
    // Starting a Bridge takes some seconds on a busy machine.
    "vitest.config.ts":
      'import { defineConfig } from "vitest/config";\n\n' +
      'export default defineConfig({ test: { include: ["test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 } });\n',
    ".gitignore": "node_modules/\ndist/\n.bridge/\n*.tgz\n",
  };
}
