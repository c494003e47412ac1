import { pino } from "pino";

/** For a server that a test breaks or leaves: it tells nobody. */
export const silent = pino({ level: "silent" });
