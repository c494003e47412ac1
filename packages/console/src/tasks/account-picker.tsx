import type { KeyboardEvent } from "react";
import { TextField } from "../components/field.tsx";
import { toRecordName } from "../records/record-name.ts";
import { Text } from "../records/text.tsx";
import type { useAccountSearch } from "./use-account-search.ts";

interface AccountPickerProps {
  text: string;
  search: ReturnType<typeof useAccountSearch>;
  onChange: (text: string) => void;
}

/** The account that a task is about: by its id, or found by how its name or email begins. */
export function AccountPicker({ text, search: { record, offered, hasMore, isKnown }, onChange }: AccountPickerProps) {
  function onKeyDown(event: KeyboardEvent): void {
    const [first] = offered;
    if (event.key !== "Enter" || first === undefined) return;
    event.preventDefault();
    onChange(first.data.id);
  }
  return (
    <div className="flex flex-col gap-2">
      <TextField
        label="Account"
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder="Name, email or id begins with"
        hint={
          record ? (
            <>
              <Text>{toRecordName(record.data)}</Text> · <Text>{record.data.email ?? record.data.username ?? ""}</Text>
            </>
          ) : isKnown === false ? (
            "The app has no such account."
          ) : offered.length > 0 && hasMore ? (
            "These are the first ones: type more of the name."
          ) : undefined
        }
        autoComplete="off"
        spellCheck={false}
        required
      />
      {offered.length > 0 && (
        <ul aria-label="Accounts that begin with it" className="flex flex-col items-start gap-1.5">
          {offered.map(({ data }) => (
            <li key={data.id} className="max-w-full">
              <button
                type="button"
                onClick={() => onChange(data.id)}
                className="flex h-7 max-w-full items-center gap-2 rounded-md border border-line-strong px-2 text-sm hover:bg-hover"
              >
                <span className="truncate">
                  <Text>{toRecordName(data)}</Text>
                </span>
                <span className="truncate text-xs text-soft">
                  <Text>{data.email ?? data.username ?? data.id}</Text>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
