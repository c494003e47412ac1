import { useRef } from "react";
import { makeIdempotencyKey } from "./read.ts";

/** Names each request: one that is sent again after a lost response keeps its name, and is carried out once. */
export function useRequestKey(): (body: unknown) => string {
  const last = useRef<{ body: string; key: string }>(undefined);
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current?.body !== text) last.current = { body: text, key: makeIdempotencyKey() };
    return last.current.key;
  };
}
