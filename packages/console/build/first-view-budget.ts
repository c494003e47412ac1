import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

interface Budget {
  /** Names of the chunks that the first view loads beside the entry. */
  views: readonly string[];
  limitBytes: number;
}

/** Fails a build whose first view loads more compressed script than the limit. */
export function firstViewBudget({ views, limitBytes }: Budget): Plugin {
  return {
    name: "first-view-budget",
    apply: "build",
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const first = chunks.filter(({ isEntry, name }) => isEntry || views.includes(name));
      const missing = views.filter((view) => !chunks.some(({ name }) => name === view));
      if (missing.length > 0) this.error(`The build has no chunk ${missing.join(", ")}, which the first view loads.`);
      const loaded = withImports(first, bundle);
      const bytes = loaded.reduce((sum, { code }) => sum + gzipSync(code).length, 0);
      const said = `The first view loads ${kilobytes(bytes)} KB of compressed script; ${kilobytes(limitBytes)} KB are allowed.`;
      if (bytes > limitBytes) this.error(said);
      this.info(said);
    },
  };
}

function withImports(chunks: readonly Rolldown.OutputChunk[], bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] {
  const found = new Set<Rolldown.OutputChunk>();
  const visit = (chunk: Rolldown.OutputChunk) => {
    if (found.has(chunk)) return;
    found.add(chunk);
    for (const file of chunk.imports) {
      const imported = bundle[file];
      if (imported?.type === "chunk") visit(imported);
    }
  };
  chunks.forEach(visit);
  return [...found];
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
