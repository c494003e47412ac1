import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { peopleQuery, type PersonAccount } from "../api/queries.ts";
import { useAppId } from "../apps/app-scope.tsx";
import { QueryPart } from "../components/query-part.tsx";
import { useSession } from "../session/session.ts";
import { Text } from "./text.tsx";

/** The accounts that the same person has in other apps, by email. */
export function Elsewhere({ email }: { email: string }) {
  const session = useSession();
  const appId = useAppId();
  const query = useQuery(peopleQuery(session, { email }));
  return (
    <QueryPart title="Which accounts this person has in other apps" query={query} waiting={null}>
      {({ rows }) => <Others others={rows.filter(({ app_id }) => app_id !== appId)} />}
    </QueryPart>
  );
}

function Others({ others }: { others: readonly PersonAccount[] }) {
  const { org } = useSession();
  if (others.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <span className="text-soft">Also in</span>
      {others.map(({ app_id, app_name, slug, record: { data, removed_at } }) => (
        <Link
          key={`${app_id} ${data.id}`}
          to="/o/$org/apps/$appId/records/$slug/record"
          params={{ org, appId: app_id, slug }}
          search={{ id: data.id }}
          className="inline-flex h-7 max-w-60 items-center rounded-md border border-line-strong px-2 hover:bg-hover"
        >
          <span className={removed_at === null ? "truncate" : "truncate text-faint line-through"}>
            <Text>{app_name}</Text>
          </span>
        </Link>
      ))}
    </div>
  );
}
