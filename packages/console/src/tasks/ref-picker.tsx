import type { Ref, ResourceType } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { recordsQuery } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { TextField } from "../components/field.tsx";
import { QueryError } from "../components/query-part.tsx";
import { useRefName } from "../records/ref-name.tsx";
import { toRecordName } from "../records/record-name.ts";
import { Text } from "../records/text.tsx";
import { useSession } from "../session/session.ts";

interface RefPickerProps {
  type: ResourceType;
  /** What the account has now. */
  held: readonly Ref[];
  choices: { added: readonly Ref[]; removed: readonly Ref[] };
  onChange: (choices: RefPickerProps["choices"]) => void;
}

const MOST_OFFERED = 8;

/** Groups or licenses to give to an account, found by the beginning of their name, and to take from it. */
export function RefPicker({ type: { slug, name }, held, choices, onChange }: RefPickerProps) {
  const session = useSession();
  const appId = useAppId();
  const [text, setText] = useState("");
  const filter = { status: "active" as const, ...(text.trim() !== "" && { text: text.trim() }) };
  const query = useQuery(recordsQuery(session, appId, slug, filter));
  const { data } = query;
  const taken = new Set([...held, ...choices.added].map(({ id }) => id));
  const free = (data?.rows ?? []).filter(({ data: { id } }) => !taken.has(id));
  const offered = free.slice(0, MOST_OFFERED);
  const hasMore = free.length > offered.length || data?.next !== undefined;
  const toggle = (list: readonly Ref[], ref: Ref) =>
    list.some(({ id }) => id === ref.id) ? list.filter(({ id }) => id !== ref.id) : [...list, ref];
  const add = (ref: Ref) => onChange({ ...choices, added: toggle(choices.added, ref) });
  const remove = (ref: Ref) => onChange({ ...choices, removed: toggle(choices.removed, ref) });
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-sm font-medium">{name}</legend>
      {[...held, ...choices.added].length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {held.map((ref) => (
            <Chip
              key={ref.id}
              slug={slug}
              target={ref}
              isOn={!choices.removed.some(({ id }) => id === ref.id)}
              says={choices.removed.some(({ id }) => id === ref.id) ? "will be removed" : "has"}
              onClick={() => remove(ref)}
            />
          ))}
          {choices.added.map((ref) => (
            <Chip key={ref.id} slug={slug} target={ref} isOn says="will be added" onClick={() => add(ref)} />
          ))}
        </ul>
      )}
      <TextField
        label={`Add: name begins with`}
        hint={
          data?.rows.length === 0
            ? `No ${name} begins with that.`
            : hasMore
              ? `There are more than these ${offered.length}: type how the name begins.`
              : undefined
        }
        value={text}
        onChange={(event) => setText(event.target.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <QueryError title={`What there is of ${name}`} query={query} />
      <ul className="flex flex-wrap gap-1.5">
        {offered.map(({ data }) => (
          <li key={data.id}>
            <button
              type="button"
              onClick={() => add({ id: data.id, name: toRecordName(data) })}
              className="inline-flex h-7 max-w-60 items-center rounded-md border border-line-strong px-2 text-sm hover:bg-hover"
            >
              <span className="truncate">
                + <Text>{toRecordName(data)}</Text>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

interface ChipProps {
  slug: string;
  target: Ref;
  isOn: boolean;
  says: string;
  onClick: () => void;
}

function Chip({ slug, target: { id, name }, isOn, says, onClick }: ChipProps) {
  const refName = useRefName({ slug, id, name });
  return (
    <li>
      <button
        type="button"
        aria-pressed={isOn}
        onClick={onClick}
        className="inline-flex h-7 max-w-70 items-center gap-1.5 rounded-md bg-hover px-2 text-sm aria-pressed:bg-selected"
      >
        <span className={isOn ? "truncate" : "truncate line-through"}>
          <Text>{refName}</Text>
        </span>
        <span className="text-xs text-soft">{says}</span>
      </button>
    </li>
  );
}
