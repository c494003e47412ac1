import type { Change } from "@bridgekit/client";
import { useState } from "react";
import { queryClient } from "../api/query-client.ts";
import { toRecordName } from "../records/record-name.ts";

interface KeptRecord extends Pick<Change, "slug" | "id" | "change"> {
  /** What people call it. */
  name: string;
}

/** Records of a held sync that stay as they are when it is confirmed. */
export interface Keep {
  kept: ReadonlyMap<string, KeptRecord>;
  isKept: (change: Change) => boolean;
  toggle: (change: Change) => void;
}

const keyOf = ({ slug, id }: Change) => `${slug}:${id}`;

const queryKeyOf = (syncId: string) => ["kept", syncId];
queryClient.setQueryDefaults(["kept"], { gcTime: Infinity });

/** What was chosen stays chosen while one looks at a record and comes back, until one signs out. */
export function useKeep(syncId: string): Keep {
  const [kept, setKept] = useState(() => queryClient.getQueryData<Keep["kept"]>(queryKeyOf(syncId)) ?? new Map());
  return {
    kept,
    isKept: (change) => kept.has(keyOf(change)),
    toggle(change) {
      const next = new Map(kept);
      const { slug, id, before, after } = change;
      const { data } = before ?? after ?? {};
      const record = { slug, id, change: change.change, name: data === undefined ? id : toRecordName(data) };
      if (!next.delete(keyOf(change))) next.set(keyOf(change), record);
      queryClient.setQueryData<Keep["kept"]>(queryKeyOf(syncId), next);
      setKept(next);
    },
  };
}
