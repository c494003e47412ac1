import type { Ask } from "../ask.ts";
import type { Statement } from "./statement-log.ts";

/** One node of the output of `explain`. */
interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: PlanNode[];
}

/** The most rows that a statement may read in a large table: a list counts exactly up to 10,000. */
const MOST_ROWS = 10_600;

/**
 * What a statement reads beyond its needs: a whole large table, or more rows of one than any statement may. It is
 * executed for that, and rolled back.
 *
 * Scanning a table is often cheaper than its index, which says nothing about a larger one. A table that is scanned
 * although scans are off has no index, or its index is scanned completely, and the number of rows shows it.
 */
export function findScans(ask: Ask, statement: Statement, large: ReadonlySet<string>): Promise<string[]> {
  return findReads(ask, statement, { tables: large, mayScan: false });
}

/** The same, as it is planned by itself, of tables so huge that planning to scan one is a mistake as well. */
export function findPlannedScans(ask: Ask, statement: Statement, huge: ReadonlySet<string>): Promise<string[]> {
  return findReads(ask, statement, { tables: huge, mayScan: true });
}

async function findReads(
  ask: Ask,
  statement: Statement,
  { tables, mayScan }: { tables: ReadonlySet<string>; mayScan: boolean },
): Promise<string[]> {
  const found: string[] = [];
  await ask("begin");
  if (!mayScan) await ask("set local enable_seqscan = off");
  try {
    for (const node of nodesOf(await explain(ask, statement))) {
      const table = node["Relation Name"];
      if (table === undefined || !tables.has(table) || node["Actual Loops"] === 0) continue;
      if (node["Node Type"].includes("Seq Scan")) found.push(`scans ${table}`);
      const rows = rowsOf(node);
      if (rows > MOST_ROWS)
        found.push(`looks at ${rows} rows of ${table} by ${node["Index Name"] ?? node["Node Type"]}`);
    }
  } finally {
    await ask("rollback");
  }
  return found;
}

/** The large tables that a statement scans once it is prepared, and so planned without its values. */
export async function findPreparedScans(ask: Ask, { text }: Statement, large: ReadonlySet<string>): Promise<string[]> {
  if (!text.includes("/*prepared:")) return [];
  const nodes = [...nodesOf(toPlan((await ask(`explain (generic_plan, format json) ${text}`))[0]))];
  return nodes.flatMap((node) =>
    node["Node Type"].includes("Seq Scan") && large.has(node["Relation Name"] ?? "")
      ? [`scans ${node["Relation Name"]} once it is prepared`]
      : [],
  );
}

/** How many rows of a table a statement reads that changes nothing. */
export async function countRowsRead(ask: Ask, { text, values }: Statement, table: string): Promise<number> {
  const plan = toPlan((await ask(`explain (analyze, format json) ${text}`, values))[0]);
  return [...nodesOf(plan)].reduce((sum, node) => sum + (node["Relation Name"] === table ? rowsOf(node) : 0), 0);
}

async function explain(ask: Ask, { text, values }: Statement): Promise<PlanNode> {
  await ask("savepoint before");
  try {
    return toPlan((await ask(`explain (analyze, format json) ${text}`, values))[0]);
  } catch {
    // The rows that it inserts exist already.
    await ask("rollback to savepoint before");
    return toPlan((await ask(`explain (format json) ${text}`, values))[0]);
  }
}

function toPlan(row: Record<string, any> | undefined): PlanNode {
  const plan = row?.["QUERY PLAN"];
  return (typeof plan === "string" ? JSON.parse(plan) : plan)[0].Plan;
}

function* nodesOf(node: PlanNode): Generator<PlanNode> {
  yield node;
  for (const child of node.Plans ?? []) yield* nodesOf(child);
}

function rowsOf(node: PlanNode): number {
  const each =
    (node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  return Math.round(each * (node["Actual Loops"] ?? 1));
}

/** The tables that have at least this many rows. */
export async function findTables(ask: Ask, rows: number): Promise<Set<string>> {
  const found = await ask(
    `select relname from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace
      and reltuples >= $1`,
    [rows],
  );
  return new Set(found.map(({ relname }) => relname));
}
