import { useNavigate, useSearch } from "@tanstack/react-router";
import { inputClass } from "./field.tsx";

interface DayFieldProps {
  label: string;
  /** The name in the address. */
  name: string;
}

/** A day that a list is filtered by, kept in the address. */
export function DayField({ label, name }: DayFieldProps) {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false });
  const navigate = useNavigate();
  return (
    <label className="flex items-center gap-1.5 text-sm text-soft">
      {label}
      <input
        type="date"
        value={search[name] ?? ""}
        onChange={({ target: { value } }) => {
          const next = (previous: object) => ({ ...previous, [name]: value || undefined, cursor: undefined });
          void navigate({ to: ".", search: next as never });
        }}
        className={`${inputClass} h-7 w-auto!`}
      />
    </label>
  );
}
