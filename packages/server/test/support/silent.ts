import { pino } from "pino";

/** For a server that a test breaks or abandons. */
export const silent = pino({ level: "silent" });
