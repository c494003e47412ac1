import { Link, useSearch } from "@tanstack/react-router";
import { classNames } from "./class-names.ts";

interface ChoiceLinksProps {
  /** What is chosen, for who can't see it. */
  label: string;
  /** The name in the address. */
  name: string;
  /** Another name in the address, which a choice takes away. */
  resets?: string;
  /** Which value holds if the address has none. */
  otherwise?: string;
  /** By value; `undefined` as a value stands first and chooses everything. */
  choices: readonly { value: string | undefined; label: string }[];
}

/** A filter of few values, kept in the address. */
export function ChoiceLinks({ label, name, resets, otherwise, choices }: ChoiceLinksProps) {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false });
  const current = search[name] ?? otherwise;
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-0.5">
      {choices.map(({ value, label }) => (
        <Link
          key={label}
          to="."
          search={(previous) => ({
            ...previous,
            ...(resets !== undefined && { [resets]: undefined }),
            [name]: value,
            cursor: undefined,
          })}
          aria-current={current === value ? "true" : undefined}
          className={classNames(
            "inline-flex h-7 items-center rounded-md px-2.5 text-sm transition-colors hover:bg-hover hover:text-text",
            current === value ? "bg-hover font-medium text-text" : "text-soft",
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
