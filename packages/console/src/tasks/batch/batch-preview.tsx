import type { components } from "@bridgekit/client";
import { formatCount, formatNumber } from "../../components/format.ts";
import { Text } from "../../records/text.tsx";
import { actionLabel } from "../actions.ts";
import { describeRefs, toAccountName } from "../describe-task.ts";
import { countMade } from "./target.ts";

type TaskBatch = components["schemas"]["TaskBatch"];
type BatchItem = TaskBatch["items"][number];

const SHOWN = 5;

/** The tasks that would be made, and what would not be done and why. */
export function BatchPreview({ batch }: { batch: TaskBatch }) {
  const { items, matching } = batch;
  const made = items.filter(({ action }) => action !== undefined);
  return (
    <>
      {made.length > 0 && (
        <ul aria-label="Tasks that are made" className="flex flex-col">
          {made.slice(0, SHOWN).map((item) => (
            <MadeItem key={item.task_id} item={item} />
          ))}
          {made.length > SHOWN && <li>and {formatNumber(made.length - SHOWN)} more</li>}
        </ul>
      )}
      {matching.count > items.length && (
        <p>
          {matching.count_is_exact ? formatNumber(matching.count) : `More than ${formatNumber(matching.count)}`} are
          found; these are the first {formatNumber(countMade(batch))}.
        </p>
      )}
      <LeftAlone items={items} />
    </>
  );
}

type TaskPayload = NonNullable<BatchItem["payload"]>;

function MadeItem({ item: { action, payload, account_name, ref_names } }: { item: BatchItem }) {
  if (action === undefined || payload === undefined) return null;
  const refs = describeRefs({ payload }, ref_names);
  return (
    <li className="truncate">
      <span className="text-text">{actionLabel(action)}</span> · <AccountName payload={payload} known={account_name} />
      {refs.length > 0 && (
        <>
          {" "}
          · <Text>{refs.join(", ")}</Text>
        </>
      )}
    </li>
  );
}

/** By name and, as names are not unique, by id. */
function AccountName({ payload, known }: { payload: TaskPayload; known: string | undefined }) {
  const name = toAccountName({ payload }, known);
  const { id } = payload.account;
  return (
    <>
      <Text>{name}</Text> {name !== id && <Text className="text-faint">{id}</Text>}
    </>
  );
}

/** What is not done, by its reason. */
function LeftAlone({ items }: { items: readonly BatchItem[] }) {
  const counts = new Map<string, number>();
  for (const { reason, left } of items) {
    const text = reason ?? left;
    if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  if (counts.size === 0) return null;
  return (
    <div>
      <p className="font-medium text-text">Not done</p>
      <ul>
        {[...counts].map(([text, count]) => (
          <li key={text}>
            {formatCount(count, "task")}: <Text>{text}</Text>
          </li>
        ))}
      </ul>
    </div>
  );
}
