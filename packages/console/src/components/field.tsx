import { useId, type InputHTMLAttributes, type ReactNode } from "react";
import { classNames } from "./class-names.ts";

export const inputClass =
  "h-8 w-full rounded-md border border-line-strong bg-ground px-2.5 text-sm text-text transition-colors hover:border-faint focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-accent";

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
}

/** A labelled line of text. */
export function TextField({ label, hint, className, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className={classNames("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input id={id} className={inputClass} aria-describedby={hint ? `${id}-hint` : undefined} {...rest} />
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-soft">
          {hint}
        </p>
      )}
    </div>
  );
}
