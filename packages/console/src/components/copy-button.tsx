import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

/** Copies a text; the name says what is copied. */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const Icon = isCopied ? Check : Copy;
  return (
    <button
      type="button"
      title={isCopied ? "Copied" : `Copy ${name}`}
      aria-label={isCopied ? "Copied" : `Copy ${name}`}
      className="relative z-1 inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-text"
      onClick={() => void navigator.clipboard.writeText(text).then(() => setIsCopied(true))}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}
