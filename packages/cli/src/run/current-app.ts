import { AsyncLocalStorage } from "node:async_hooks";
import type { AppStatus } from "./app-status.ts";

/** The app that the current code works for, so that what it leaves behind can be told as its own. */
export const currentApp = new AsyncLocalStorage<AppStatus>();
