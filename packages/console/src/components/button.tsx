import type { ButtonHTMLAttributes } from "react";
import { classNames } from "./class-names.ts";

const LOOKS = {
  primary: "bg-accent-solid text-on-accent hover:bg-accent-solid-hover border-transparent",
  danger: "bg-red-solid text-on-accent hover:brightness-110 border-transparent",
  plain: "bg-raised text-text hover:bg-hover border-line-strong",
  quiet: "text-soft hover:text-text hover:bg-hover border-transparent",
};

/** The class names of a button, for a link that looks like one. */
export function buttonClass(look: keyof typeof LOOKS = "plain", className?: string): string {
  return classNames(
    "inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md border px-3 text-sm font-medium whitespace-nowrap transition-colors select-none",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-50",
    LOOKS[look],
    className,
  );
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof LOOKS;
}

export function Button({ look, className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={buttonClass(look, className)} {...rest} />;
}
