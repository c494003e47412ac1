/** A call that the console makes, with other arguments each time. */
export interface ConsoleCall {
  name: string;
  path: (index: number) => string;
  /** Whether only the first rows are waited for. */
  isStream?: boolean;
  method?: "POST";
  body?: unknown;
}

export const WINDOW = 50;

/** The end of a page, as the server's `next` has it. */
export const after = (...place: readonly string[]) =>
  `&cursor=${Buffer.from(JSON.stringify(place), "utf8").toString("base64url")}`;

export const text = (value: string) => `&text=${encodeURIComponent(value)}`;

/** Scattered over everything, and the same in each run. */
export const pick = (index: number, count: number) => (index * 7_919 + 13) % count;

export const ago = (index: number, days: number) =>
  new Date(Date.now() - (index % 200) * (days / 200) * 86_400_000).toISOString();
