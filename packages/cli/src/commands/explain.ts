import type { HeldExplanation, RecordChange, RecordHistory, Trait } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app-id.ts";
import { printFields, printRows, toMoment, type Column } from "../output/print-rows.ts";
import { openBridge, type BridgeCommandOptions } from "./open-bridge.ts";

const TRAIT_COLUMNS: readonly Column<Trait & { slug: string; of: number }>[] = [
  { title: "removed", of: ({ removed, of }) => `${removed} of ${of}` },
  { title: "type", of: ({ slug }) => slug },
  { title: "have in common", of: describeTrait, shrinks: true },
  { title: "active", of: ({ active }) => active },
];

const REF_COLUMNS: readonly Column<HeldExplanation["refs"][number]>[] = [
  { title: "lost by", of: ({ lost }) => lost },
  { title: "type", of: ({ slug }) => slug },
  { title: "id", of: ({ id }) => id },
  { title: "name", of: ({ name }) => name, shrinks: true },
];

const CHANGE_COLUMNS: readonly Column<RecordChange>[] = [
  { title: "at (UTC)", of: ({ at }) => toMoment(at) },
  { title: "change", of: ({ change }) => change },
  { title: "what", of: describeChange, shrinks: true },
  { title: "sync id", of: ({ sync_id }) => sync_id },
];

/** `bridgekit sessions explain`: what the records have in common that a held session would remove. */
export async function explainSession(app: string, syncId: string, options: BridgeCommandOptions, io: CommandIo) {
  const bridge = await openBridge(options, io);
  const explanation = await bridge.explainHeld(await findAppId(bridge, app), syncId);
  if (options.json) return printFields(explanation, [], options, io);
  const traits = explanation.types.flatMap(({ slug, examined, traits }) =>
    traits.map((trait) => Object.assign({ slug, of: examined.removed }, trait)),
  );
  if (traits.length > 0) await printRows(traits, TRAIT_COLUMNS, options, io);
  if (explanation.refs.length > 0) await printRows(explanation.refs, REF_COLUMNS, options, io);
}

/** `bridgekit records history`: what became of a record, newest first, and why it was removed. */
export async function showHistory(
  app: string,
  slug: string,
  id: string,
  options: BridgeCommandOptions,
  io: CommandIo,
): Promise<void> {
  const bridge = await openBridge(options, io);
  const history = await bridge.getRecordHistory(await findAppId(bridge, app), { slug, id });
  if (options.json) return printFields(history, [], options, io);
  await printRows(history.changes, CHANGE_COLUMNS, options, io);
  const refs = history.refs.map(
    ({ slug, id, name, since }) => [`since ${toMoment(since?.at) ?? "before"}`, `${slug} ${name ?? id}`] as const,
  );
  const removal = history.removal === null ? [] : describeRemoval(history.removal);
  if (refs.length + removal.length > 0) io.print("");
  printFields(history, [...refs, ...removal], options, io);
}

function describeRemoval({ at, last_seen, absent, judgement, confirmed_by }: NonNullable<RecordHistory["removal"]>) {
  const guard = judgement?.guard === null ? "off" : "passed";
  return [
    ["last seen", toMoment(last_seen?.at)],
    ["absent", `${toMoment(absent.ended_at)}, a complete read of ${absent.read}`],
    ["guard", confirmed_by === null ? guard : `confirmed by key ${confirmed_by}`],
    ["removed", toMoment(at)],
  ] as const;
}

function describeTrait({ by, name, value, title }: Trait): string {
  if (by === "email_domain") return `email @${value}`;
  if (by === "field") return value === null ? `no ${name}` : `${name} ${value}`;
  return `${name} ${title ?? value}`;
}

function describeChange({ fields, gained, lost }: RecordChange): string {
  const refs = [
    ...gained.map(({ slug, id, name }) => `+${slug} ${name ?? id}`),
    ...lost.map(({ slug, id, name }) => `-${slug} ${name ?? id}`),
  ];
  return [...fields.map(({ field }) => field), ...refs].join(", ");
}
