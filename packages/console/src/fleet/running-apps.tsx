import type { Worker } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { overviewQuery } from "../api/queries.ts";
import { formatExact, formatNumber } from "../components/format.ts";
import { useSession } from "../session/session.ts";

const MOST_SHOWN = 2;

/** The apps that a worker runs at this moment, the oldest run first. */
export function RunningApps({ runs }: { runs: Worker["running"] }) {
  const session = useSession();
  const { data } = useQuery(overviewQuery(session));
  const names = new Map(data?.apps.map(({ app_id, name }) => [app_id, name]));
  const known = runs.filter(({ app_id }) => names.has(app_id));
  if (known.length === 0) return <span className="text-faint">nothing</span>;
  return (
    <span className="line-clamp-2">
      {known.slice(0, MOST_SHOWN).map(({ app_id, kind, started_at }, index) => (
        <Fragment key={`${app_id} ${kind}`}>
          {index > 0 && ", "}
          <Link
            to="/o/$org/apps/$appId"
            params={{ org: session.org, appId: app_id }}
            className="relative z-1 hover:underline"
            title={`since ${formatExact(started_at)}`}
          >
            {names.get(app_id)}
          </Link>
          {kind === "tasks" && " (tasks)"}
        </Fragment>
      ))}
      {known.length > MOST_SHOWN && ` and ${formatNumber(known.length - MOST_SHOWN)} more`}
    </span>
  );
}
