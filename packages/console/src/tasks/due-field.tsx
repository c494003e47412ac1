import { TextField } from "../components/field.tsx";
import { formatExact } from "../components/format.ts";

const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

interface DueFieldProps {
  /** In the time zone of the reader, as the field has it. */
  value: string;
  onChange: (value: string) => void;
}

/** When a task is due, in the reader's own time zone, which is named. */
export function DueField({ value, onChange }: DueFieldProps) {
  return (
    <TextField
      label="Not before"
      type="datetime-local"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      hint={
        value === ""
          ? `At once if left empty. Times are in your zone, ${timeZone}.`
          : `${formatExact(value)}, in your zone, ${timeZone}; ${toUtc(value)} UTC.`
      }
    />
  );
}

function toUtc(value: string): string {
  return new Date(value).toISOString().slice(0, 16).replace("T", " ");
}
