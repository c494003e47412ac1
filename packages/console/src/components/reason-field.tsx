import { TextField } from "./field.tsx";

interface ReasonFieldProps {
  value: string;
  onChange: (reason: string) => void;
}

/** Why something is done, for the audit trail. */
export function ReasonField({ value, onChange }: ReasonFieldProps) {
  return (
    <TextField
      label="Reason (optional)"
      hint="Kept for good in the audit trail: name a ticket, and no person."
      placeholder="TICKET-123"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      maxLength={300}
      autoComplete="off"
    />
  );
}
