import type { Change } from "@bridgekit/client";
import { useState } from "react";

/** Records of a held sync that stay as they are when it is confirmed. */
export interface Keep {
  kept: ReadonlyMap<string, Pick<Change, "slug" | "id" | "change">>;
  isKept: (change: Change) => boolean;
  toggle: (change: Change) => void;
}

const keyOf = ({ slug, id }: Change) => `${slug}:${id}`;

export function useKeep(): Keep {
  const [kept, setKept] = useState<Keep["kept"]>(new Map());
  return {
    kept,
    isKept: (change) => kept.has(keyOf(change)),
    toggle(change) {
      const next = new Map(kept);
      const { slug, id } = change;
      if (!next.delete(keyOf(change))) next.set(keyOf(change), { slug, id, change: change.change });
      setKept(next);
    },
  };
}
