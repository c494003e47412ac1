import type { User } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { usersQuery } from "../api/access-queries.ts";
import type { Column } from "../components/data-table.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { ExportButtons } from "../components/export-buttons.tsx";
import { ListView } from "../components/list-view.tsx";
import { Moment } from "../components/moment.tsx";
import { Page } from "../components/page.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { AccessTabs } from "../keys/access-tabs.tsx";
import { Text } from "../records/text.tsx";
import { exportUsers } from "../keys/export-access.ts";
import { useMayAdminister, useSession } from "../session/session.ts";
import { NewLink } from "./new-link.tsx";
import { UserActions } from "./user-actions.tsx";

const columns: readonly Column<User>[] = [
  { id: "name", header: "Name", cell: (user) => <UserName user={user} /> },
  {
    id: "role",
    header: "Role",
    cell: ({ role }) => <span className="capitalize">{role}</span>,
    width: "w-28",
    hideBelow: "xs",
  },
  {
    id: "first",
    header: "First sign-in",
    cell: ({ created_at }) => <Moment at={created_at} />,
    width: "w-32",
    hideBelow: "md",
  },
  {
    id: "last",
    header: "Last sign-in",
    cell: ({ last_signed_in_at }) => <Moment at={last_signed_in_at} />,
    width: "w-32",
    hideBelow: "sm",
  },
  { id: "state", header: "State", cell: (user) => <UserState user={user} />, width: "w-28" },
  { id: "do", header: "", cell: (user) => <UserActions user={user} />, isNumber: true, width: "w-24 sm:w-44" },
];

/** Who has signed in to the console, newest first. */
export function UsersPage() {
  const session = useSession();
  const mayAdminister = useMayAdminister();
  const { cursor } = useSearch({ from: "/o/$org/keys/users" });
  const query = useQuery(usersQuery(session, { cursor }));
  return (
    <Page
      title="People who sign in"
      subtitle="Who has signed in to this console. The identity provider decides who may, and with which role."
      actions={mayAdminister && <NewLink />}
    >
      <AccessTabs />
      <div className="flex justify-end">
        <ExportButtons name="people" toFile={(format) => exportUsers(session, format)} />
      </div>
      <ListView
        label="People who sign in"
        query={query}
        columns={columns}
        rowId={({ id }) => id}
        empty={<EmptyNote>Nobody has signed in yet, except by an API key.</EmptyNote>}
      />
    </Page>
  );
}

function UserName({ user: { id, name, email, role } }: { user: User }) {
  const { org } = useSession();
  return (
    <span className="flex flex-col">
      <Link to="/o/$org/audit" params={{ org }} search={{ key_id: `user_${id}` }} className="row-target font-medium">
        <Text className="line-clamp-1">{name}</Text>
      </Link>
      {email !== null && <Text className="line-clamp-1 text-xs break-all text-soft">{email}</Text>}
      <span className="text-xs text-soft capitalize xs:hidden">{role}</span>
    </span>
  );
}

function UserState({ user: { disabled_at } }: { user: User }) {
  return disabled_at === null ? (
    <StateMark tone="green" icon="check">
      Enabled
    </StateMark>
  ) : (
    <StateMark tone="grey" icon="pause">
      Disabled
    </StateMark>
  );
}
