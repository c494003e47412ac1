import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../install.mjs";
import { run } from "../run-command.ts";
import type { Packed } from "./pack.ts";

// As a user would: everything strict, declarations of libraries too, and nothing of a browser.
const compilerOptions = {
  target: "es2023",
  lib: ["es2023", "esnext.disposable"],
  module: "nodenext",
  types: ["node"],
  strict: true,
  skipLibCheck: false,
  noEmit: true,
};

export interface Check {
  title: string;
  run: () => void;
}

/** A project outside the workspace that knows the packages from their tarballs only. */
export class Consumer implements Disposable {
  readonly #directory = mkdtempSync(join(tmpdir(), "bridgekit-consumer-"));
  readonly #packages: readonly Packed[];

  constructor(packages: readonly Packed[]) {
    this.#packages = packages;
  }

  /** What is tried with the packages, in the order in which it must happen. Each throws where it fails. */
  checks(): Check[] {
    const node = (file: string) => this.#run(process.execPath, file);
    return [
      { title: "install into an empty project", run: () => this.#install() },
      { title: "import whatever they export", run: () => node("imports.ts") },
      ...compilers().map(({ version, file }) => ({
        title: `type-check a consumer with TypeScript ${version}`,
        run: () => this.#run(process.execPath, file, "--project", "."),
      })),
      { title: "run a sync", run: () => node("sync.ts") },
      { title: "run their commands", run: () => this.#runCommands() },
    ];
  }

  [Symbol.dispose](): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #install(): void {
    const dependencies = Object.fromEntries(this.#packages.map(({ name, tarball }) => [name, `file:${tarball}`]));
    const devDependencies = { "@types/node": installed("@types/node").version, zod: installed("zod").version };
    this.#write("package.json", { name: "consumer", private: true, type: "module", dependencies, devDependencies });
    this.#run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error");

    const entries = this.#packages.flatMap(({ name }) =>
      Object.keys(this.#manifest(name).exports ?? {}).map((entry) => name + entry.slice(1)),
    );
    const imports = entries.map((entry, index) => `import * as entry${index} from ${JSON.stringify(entry)};`);
    const names = entries.map((_, index) => `entry${index}`).join(", ");
    this.#write("imports.ts", `${imports.join("\n")}\nfor (const entry of [${names}]) Object.keys(entry);\n`);
    copyFileSync(join(import.meta.dirname, "consumer", "sync.ts"), join(this.#directory, "sync.ts"));
    this.#write("tsconfig.json", { compilerOptions, files: ["imports.ts", "sync.ts"] });
  }

  #runCommands(): void {
    for (const { name, version } of this.#packages) {
      const { bin = {} } = this.#manifest(name);
      for (const command of Object.keys(bin)) {
        const path = join(this.#directory, "node_modules", ".bin", command);
        const told = this.#run(path, "--version").trim();
        if (told !== version) throw new Error(`"${command} --version" says ${told}, and ${name} is ${version}.`);
        this.#run(path, "--help");
      }
    }
  }

  #manifest(name: string): Manifest {
    return readManifest(join(this.#directory, "node_modules", name));
  }

  #write(file: string, content: object | string): void {
    writeFileSync(
      join(this.#directory, file),
      typeof content === "string" ? content : JSON.stringify(content, undefined, 2),
    );
  }

  #run(command: string, ...args: string[]): string {
    return run(this.#directory, command, ...args);
  }
}

interface Manifest {
  version: string;
  exports?: Record<string, unknown>;
  bin?: Record<string, string>;
}

function readManifest(directory: string): Manifest {
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as Manifest;
}

function installed(name: string): Manifest {
  return readManifest(join(root, "scripts", "node_modules", name));
}

/** The last TypeScript that is written in itself, and the one that the repository is built with. */
function compilers(): { version: string; file: string }[] {
  return [join(root, "scripts"), root].map((owner) => {
    const directory = join(owner, "node_modules", "typescript");
    return { version: readManifest(directory).version, file: join(directory, "bin", "tsc") };
  });
}
