import { z } from "zod";
import { dayIn } from "./employment.ts";

export const bambooHrConfig = z.strictObject({
  /** The subdomain of the company: `acme` in `https://acme.bamboohr.com`. */
  company: z.string().regex(/^[a-z0-9][a-z0-9-]*$/i, 'must be the subdomain before ".bamboohr.com", such as "acme"'),
  /** Has the rights of the user who created it: your name, API Keys. */
  apiKey: z.string().min(1).meta({ secret: true }),
  /** For tests and proxies; `https://COMPANY.bamboohr.com` by default. */
  apiUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** The employment status of people who have left. */
  terminatedStatus: z.string().min(1).default("Terminated"),
  /** The time zone of the dates of employment statuses: `America/Denver`. */
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
