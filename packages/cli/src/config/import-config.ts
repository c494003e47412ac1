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
 * Imports a file of the user. Node removes the types from TypeScript by itself, but goes by the nearest package.json: what
 * `npm init` writes makes CommonJS of a .ts file, which can't say `import`. Here the user's TypeScript is always an ES
 * module, and may name its neighbours without their ending, or with `.js` as a compiler wants it.
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
        // The file that was asked for is the one to tell about.
      }
    throw error;
  }
}
