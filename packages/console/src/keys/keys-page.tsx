import type { Key } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { keysQuery } from "../api/access-queries.ts";
import type { Column } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ExportButtons } from "../components/export-buttons.tsx";
import { formatCount } from "../components/format.ts";
import { ListView } from "../components/list-view.tsx";
import { Moment } from "../components/moment.tsx";
import { Page } from "../components/page.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { useNow } from "../components/use-now.ts";
import { Text } from "../records/text.tsx";
import { useMayAdminister, useSession } from "../session/session.ts";
import { AccessTabs } from "./access-tabs.tsx";
import { exportKeys } from "./export-access.ts";
import { KeyActions } from "./key-actions.tsx";
import { NewKey } from "./new-key.tsx";

const columns: readonly Column<Key>[] = [
  { id: "name", header: "Name", cell: (key) => <KeyName apiKey={key} /> },
  {
    id: "role",
    header: "Role",
    cell: ({ role }) => <span className="capitalize">{role}</span>,
    width: "w-28",
    hideBelow: "xs",
  },
  {
    id: "apps",
    header: "Reaches",
    cell: ({ app_ids }) => (app_ids === null ? "all apps" : formatCount(app_ids.length, "app")),
    width: "w-28",
    hideBelow: "md",
  },
  {
    id: "used",
    header: "Last used",
    cell: ({ last_used_at }) => <Moment at={last_used_at} />,
    width: "w-28",
    hideBelow: "sm",
  },
  {
    id: "expires",
    header: "Expires",
    cell: ({ expires_at }) => <Moment at={expires_at} />,
    width: "w-28",
    hideBelow: "md",
  },
  { id: "state", header: "State", cell: (key) => <KeyState apiKey={key} />, width: "w-28" },
  { id: "do", header: "", cell: (key) => <KeyActions apiKey={key} />, isNumber: true, width: "w-24 sm:w-52" },
];

/** The API keys, newest first. */
export function KeysPage() {
  const session = useSession();
  const { cursor } = useSearch({ from: "/o/$org/keys/" });
  const mayAdminister = useMayAdminister();
  const query = useQuery(keysQuery(session, { cursor }));
  return (
    <Page
      title="Keys"
      subtitle="Who may call the Bridge: connectors, scripts and people."
      actions={mayAdminister && <NewKey />}
    >
      <AccessTabs />
      <div className="flex justify-end">
        <ExportButtons name="keys" toFile={(format) => exportKeys(session, format)} />
      </div>
      <ListView
        label="Keys"
        query={query}
        columns={columns}
        rowId={({ id }) => id}
        empty={<EmptyNote>There is no key.</EmptyNote>}
      />
    </Page>
  );
}

function KeyName({ apiKey: { id, name } }: { apiKey: Key }) {
  const { org } = useSession();
  return (
    <span className="flex flex-col">
      <Link to="/o/$org/audit" params={{ org }} search={{ key_id: id }} className="row-target font-medium">
        <Text className="line-clamp-1">{name}</Text>
      </Link>
      <code className="text-xs text-faint">{id}</code>
    </span>
  );
}

export function KeyState({ apiKey: { revoked_at, expires_at, old_secret } }: { apiKey: Key }) {
  const now = useNow();
  if (revoked_at !== null)
    return (
      <StateMark tone="grey" icon="minus">
        Revoked
      </StateMark>
    );
  if (expires_at !== null && new Date(expires_at).getTime() <= now)
    return (
      <StateMark tone="grey" icon="clock">
        Expired
      </StateMark>
    );
  return (
    <span className="flex flex-col">
      <StateMark tone="green" icon="check">
        Valid
      </StateMark>
      {old_secret !== null && (
        <span className="text-xs text-soft">
          old secret ends <Moment at={old_secret.expires_at} />
        </span>
      )}
    </span>
  );
}
