import { AsyncLocalStorage } from "node:async_hooks";
import type { AppStatus } from "./app-status.ts";

/** The app that the current code works for; attributes uncaught errors to it. */
export const currentApp = new AsyncLocalStorage<AppStatus>();
