import colors from "picocolors";

/** `account ████████░░░░ 12,300 / 24,000` within `columns`; only the count if the total is unknown. */
export function progressBar(slug: string, pushed: number, total: number | undefined, columns: number): string {
  const count = pushed.toLocaleString("en");
  // More than last time: the total is no longer known.
  if (total === undefined || pushed > total) return `${slug} ${count}`;
  if (columns < 30) return `${slug} ${Math.floor((100 * pushed) / Math.max(total, 1))} %`;
  const progress = `${count} / ${total.toLocaleString("en")}`;
  const width = columns >= 60 ? 24 : 12;
  const filled = Math.floor((width * pushed) / Math.max(total, 1));
  const bar = colors.cyan("█".repeat(filled)) + colors.dim("░".repeat(width - filled));
  return columns < 42 ? `${slug} ${progress}` : `${slug} ${bar} ${progress}`;
}
