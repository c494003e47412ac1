import { ACTIONS } from "../actions/declared-actions.ts";
import type { Finding } from "../check.ts";
import type { Capabilities } from "./capabilities.ts";

const BEGIN = "<!-- capabilities: written by the conformance kit -->";
const END = "<!-- /capabilities -->";

/** Writes the tables of a connector between the marks in its README. */
export function replaceCapabilities(readme: string, tables: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin)
    throw new Error(`The README has no place for the capabilities. Add these two lines:\n${BEGIN}\n${END}`);
  return `${readme.slice(0, begin)}${BEGIN}\n\n${tables}\n\n${readme.slice(end)}`;
}

/** Returns two tables: one of the actions, one of everything else. */
export function toMarkdown({ findings }: Capabilities): string {
  const all = Object.entries(findings);
  const rest = all.filter(([name]) => !ACTIONS.some((action) => name.startsWith(`${action}: `)));
  const actions = ACTIONS.map((action) => {
    const cell = (what: string) => describe(findings[`${action}: ${what}`]);
    return findings[`${action}: is done`]?.status === "passed"
      ? [
          `\`${action}\``,
          cell(action === "update_account" ? "adds and removes each kind of ref" : "changes nothing else"),
          cell("done twice does no harm"),
          cell("survives faults before and after the effect"),
        ]
      : [`\`${action}\``, cell("is done"), "", ""];
  });
  return [
    toTable(["Action", "What it changes", "Done twice", "With faults at its calls"], actions),
    toTable(
      ["What holds", "Tried"],
      rest.map(([name, finding]) => [name, describe(finding)]),
    ),
  ].join("\n\n");
}

function describe(finding: Finding | undefined): string {
  if (finding === undefined) return "";
  return finding.status === "passed" ? finding.detail : `${finding.status}: ${finding.detail}`;
}

/** Pads the columns as the formatter does, so that formatting changes nothing. */
function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) =>
    row.map((cell) => cell.replaceAll("|", String.raw`\|`).replaceAll("\n", " ")),
  );
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]!.length)));
  const toLine = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [toLine(cells[0]!), rule, ...cells.slice(1).map(toLine)].join("\n");
}
