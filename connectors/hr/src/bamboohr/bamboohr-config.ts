import { z } from "zod";
import { dayIn } from "./employment.ts";

export const bambooHrConfig = z.strictObject({
  /** The company's part of its address: `acme` of `https://acme.bamboohr.com`. */
  company: z.string().regex(/^[a-z0-9][a-z0-9-]*$/i, 'must be what stands before ".bamboohr.com", such as "acme"'),
  /** It has the rights of the user who made it: click on your name, API Keys. */
  apiKey: z.string().min(1).meta({ secret: true }),
  /** Where BambooHR is, for tests and proxies; `https://COMPANY.bamboohr.com` where absent. */
  apiUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** The employment status of those who have left. */
  terminatedStatus: z.string().min(1).default("Terminated"),
  /** Where a day begins for the dates of employment statuses: `America/Denver`. */
  timeZone: z.string().refine(isTimeZone, 'must be the name of a time zone, such as "America/Denver"').default("UTC"),
});

export type BambooHrConfig = z.output<typeof bambooHrConfig>;

function isTimeZone(timeZone: string): boolean {
  try {
    dayIn(timeZone);
    return true;
  } catch {
    return false;
  }
}
