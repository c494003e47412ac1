import { useNavigate, useSearch } from "@tanstack/react-router";
import { inputClass } from "./field.tsx";

interface ChoiceSelectProps {
  label: string;
  /** The name in the address. */
  name: string;
  /** What stands for no choice. */
  all: string;
  choices: readonly { value: string; label: string }[];
}

/** A filter of many values, kept in the address. */
export function ChoiceSelect({ label, name, all, choices }: ChoiceSelectProps) {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const current = search[name] ?? "";
  return (
    <select
      aria-label={label}
      value={current}
      onChange={({ target: { value } }) => {
        const next = (previous: object) => ({ ...previous, [name]: value || undefined, cursor: undefined });
        void navigate({ to: ".", search: next as never });
      }}
      className={`${inputClass} h-7 w-auto! max-w-48`}
    >
      <option value="">{all}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
