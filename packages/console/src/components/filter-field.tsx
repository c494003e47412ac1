import { useNavigate, useSearch } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { inputClass } from "./field.tsx";

const PAUSE_MS = 200;

/** A search that is kept in the address, as `text`; `/` leads to it. */
export function FilterField({ label }: { label: string }) {
  const { text = "" } = useSearch({ strict: false });
  const navigate = useNavigate();
  const [value, setValue] = useState(text);
  /** What was sent to the address and has not arrived there, oldest first. */
  const sent = useRef<string[]>([]);

  useEffect(() => {
    const place = sent.current.indexOf(text);
    sent.current.splice(0, place < 0 ? Infinity : place + 1);
    // The address changed by itself, such as by the way back. What arrives late must not undo what was typed since.
    if (place < 0) setValue(text);
  }, [text]);

  useEffect(() => {
    if (value === (sent.current.at(-1) ?? text)) return;
    const timer = setTimeout(() => {
      sent.current.push(value);
      const search = (previous: object) => ({ ...previous, text: value || undefined, cursor: undefined });
      void navigate({ to: ".", search: search as never, replace: true });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value, text, navigate]);

  return (
    <div className="relative w-full max-w-80">
      <Search size={14} aria-hidden className="absolute top-2.25 left-2.5 text-faint" />
      <input
        type="search"
        data-filter
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        className={`${inputClass} pl-8`}
        spellCheck={false}
        autoComplete="off"
      />
    </div>
  );
}
