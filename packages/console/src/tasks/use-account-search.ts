import type { LiveRecord } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { recordQuery, recordsQuery } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { useSession } from "../session/session.ts";

const MOST_OFFERED = 8;

interface AccountSearch {
  /** The account that has the text as its id. */
  record: LiveRecord | undefined;
  /** Accounts whose name, email or id begins with the text, if it is no id yet. */
  offered: readonly LiveRecord[];
  hasMore: boolean;
  isKnown: boolean | undefined;
}

/** Looks for the account that a text names: by its id, or by how its name or email begins. */
export function useAccountSearch(slug: string | undefined, text: string): AccountSearch {
  const session = useSession();
  const appId = useAppId();
  const [first] = useState(text);
  const isAsked = slug !== undefined && text !== "";
  const { data } = useQuery({ ...recordsQuery(session, appId, slug ?? "", { text }), enabled: isAsked });
  const rows = data?.rows ?? [];
  // What is typed is seldom an id; looking each beginning up as one would only be refused.
  const mayBeId = text === first || rows.some(({ data: { id } }) => id === text) || data?.next !== undefined;
  const { data: record } = useQuery({
    ...recordQuery(session, appId, slug ?? "", text),
    enabled: isAsked && mayBeId,
    retry: false,
  });
  const found = record === undefined && isAsked ? rows.filter(({ removed_at }) => removed_at === null) : [];
  return {
    record,
    offered: found.slice(0, MOST_OFFERED),
    hasMore: found.length > MOST_OFFERED || data?.next !== undefined,
    isKnown: data && (record !== undefined || found.length > 0),
  };
}
