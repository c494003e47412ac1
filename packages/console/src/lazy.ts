import { lazy, type ComponentType, type LazyExoticComponent } from "react";
import { BASE } from "./base.ts";
import { isLost, watchedFetch } from "./live/connection.ts";

const AGAIN_MS = 2_000;

/**
 * Loads a part of the console once the Bridge can be reached. A browser remembers of a part that it could not be loaded:
 * only a new page helps then, which must not be tried while it would show nothing but an error of the browser.
 */
export async function loadPart<Module>(load: () => Promise<Module>): Promise<Module> {
  if (isLost()) await untilReached();
  try {
    return await load();
  } catch (error) {
    await untilReached();
    throw error;
  }
}

async function untilReached(): Promise<void> {
  while (!(await isReached())) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
}

async function isReached(): Promise<boolean> {
  try {
    return (await watchedFetch(BASE, { method: "HEAD", cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

/** A component that is loaded when it is first shown. */
export function lazyPart<Props extends object, Name extends string>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: (await loadPart(load))[name] }));
}
