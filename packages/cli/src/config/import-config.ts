import {
  registerHooks,
  type LoadFnOutput,
  type LoadHookContext,
  type ResolveFnOutput,
  type ResolveHookContext,
} from "node:module";

type Resolve = (specifier: string, context?: Partial<ResolveHookContext>) => ResolveFnOutput;
type Load = (url: string, context?: Partial<LoadHookContext>) => LoadFnOutput;

/**
 * Imports a TypeScript file of the user. Node strips the types, but treats a .ts file as CommonJS if the nearest
 * package.json is the one that `npm init` writes. Here it is always an ES module, and may import its neighbours without
 * an extension or with `.js`.
 */
export async function importConfig(url: string): Promise<{ default?: unknown }> {
  const hooks = registerHooks({ resolve: resolveNeighbour, load: loadAsModule });
  try {
    return (await import(url)) as { default?: unknown };
  } finally {
    hooks.deregister();
  }
}

function loadAsModule(url: string, context: LoadHookContext, next: Load): LoadFnOutput {
  const isOfUser = /^file:.*\.m?ts$/.test(url) && !url.includes("/node_modules/");
  return next(url, isOfUser ? { ...context, format: "module-typescript" } : context);
}

function resolveNeighbour(specifier: string, context: ResolveHookContext, next: Resolve): ResolveFnOutput {
  const isNeighbour = /^\.{1,2}\//.test(specifier) && !context.parentURL?.includes("/node_modules/");
  if (!isNeighbour) return next(specifier, context);
  try {
    return next(specifier, context);
  } catch (error) {
    for (const other of [specifier.replace(/\.js$/, ".ts"), `${specifier}.ts`, `${specifier}/index.ts`])
      try {
        if (other !== specifier) return next(other, context);
      } catch {
        // The error below names the file that was asked for.
      }
    throw error;
  }
}
