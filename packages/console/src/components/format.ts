const numbers = new Intl.NumberFormat();
const percents = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const settings = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 4 });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const clockWithSeconds = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const clockOfDay = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const formatNumber = (value: number): string => numbers.format(value);
export const formatShare = (part: number, whole: number): string => percents.format(whole === 0 ? 0 : part / whole);

/** A share that somebody set, with all its digits: `12.5%`. */
export const formatSetShare = (share: number): string => settings.format(share);

/** `1,240 accounts`, `1 account`. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(count)} ${count === 1 ? noun : plural}`;
}

/** With date, seconds and zone. */
export const formatExact = (at: string | number): string => exact.format(new Date(at));

/** `09:12` of today, `26 Nov, 09:12` of another day. */
export function formatClock(at: string | number, now = Date.now()): string {
  const date = new Date(at);
  return date.toDateString() === new Date(now).toDateString() ? clock.format(date) : clockOfDay.format(date);
}

/** A time on an axis or in a chart, by how much it shows: with seconds within a few minutes, without the time over months. */
export function formatTick(at: number, spanMs: number): string {
  if (spanMs < 5 * MINUTE * 1000) return clockWithSeconds.format(at);
  return spanMs > 60 * DAY * 1000 ? day.format(at) : formatClock(at);
}

/** `just now`, `3 min ago`, `in 2 h`, `4 d ago`, and a date beyond a month. */
export function formatRelative(at: string | number, now: number): string {
  const seconds = Math.round((now - new Date(at).getTime()) / 1000);
  const amount = toAmount(Math.abs(seconds));
  if (amount === undefined) {
    const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return (isThisYear ? day : dayOfYear).format(new Date(at));
  }
  if (amount === "") return seconds < -20 ? "in a moment" : "just now";
  return seconds < 0 ? `in ${amount}` : `${amount} ago`;
}

function toAmount(seconds: number): string | undefined {
  if (seconds < 45) return "";
  if (seconds < HOUR) return `${formatNumber(Math.max(1, Math.round(seconds / MINUTE)))} min`;
  if (seconds < DAY) return `${formatNumber(Math.round(seconds / HOUR))} h`;
  return seconds < 31 * DAY ? `${formatNumber(Math.round(seconds / DAY))} d` : undefined;
}

const BYTES = ["B", "kB", "MB", "GB", "TB"];

/** `812 kB`, `48.2 MB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(BYTES.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${numbers.format(value < 100 ? Math.round(value * 10) / 10 : Math.round(value))} ${BYTES[power]}`;
}

/** `0.4 s`, `12 s`, `3 min 20 s`. */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${numbers.format(Math.round(seconds * 10) / 10)} s`;
  if (seconds < MINUTE) return `${formatNumber(Math.round(seconds))} s`;
  const minutes = Math.floor(seconds / MINUTE);
  if (minutes < 60) return `${formatNumber(minutes)} min ${formatNumber(Math.round(seconds % MINUTE))} s`;
  return `${formatNumber(Math.floor(minutes / 60))} h ${formatNumber(minutes % 60)} min`;
}
