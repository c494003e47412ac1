import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { overviewQuery, workersQuery } from "../api/queries.ts";
import { ChoiceLinks } from "../components/choice-links.tsx";
import { EmptyNote } from "../components/empty-note.tsx";
import { FilterChip } from "../components/filter-chip.tsx";
import { FilterField } from "../components/filter-field.tsx";
import { formatCount } from "../components/format.ts";
import { Page, Section } from "../components/page.tsx";
import { QueryPage } from "../components/query-page.tsx";
import { QueryError } from "../components/query-part.tsx";
import { useNow } from "../components/use-now.ts";
import { useSession } from "../session/session.ts";
import { type FleetApp, findApps, isReported, STATES } from "./fleet-apps.ts";
import { FleetAppTable } from "./fleet-app-table.tsx";
import { type FleetWorker, toWorkers } from "./fleet-workers.ts";
import { WorkerTable } from "./worker-table.tsx";

/** Reports of runners are no events. */
const READ_AGAIN_MS = 10_000;

/** Which processes run the apps, and when. */
export function FleetPage() {
  const session = useSession();
  const query = useQuery({ ...overviewQuery(session), refetchInterval: READ_AGAIN_MS });
  const workersRead = useQuery({ ...workersQuery(session), refetchInterval: READ_AGAIN_MS });
  return (
    <QueryPage title="Fleet" query={query}>
      {({ apps }) => {
        const reported = apps.filter(isReported);
        const workers = toWorkers(workersRead.data ?? [], reported);
        return (
          <Page title="Fleet" subtitle="Where apps run, and when next, as the processes that run them have reported.">
            <QueryError title="What the workers reported of themselves" query={workersRead} />
            {reported.length === 0 && workersRead.data?.length === 0 ? (
              <EmptyNote command="npx bridgekit worker">
                Nothing that runs apps has reported yet. This command starts a worker on a machine; so does{" "}
                <code>bridgekit run</code>, on its own.
              </EmptyNote>
            ) : (
              <Fleet workers={workers} apps={reported} silent={apps.length - reported.length} />
            )}
          </Page>
        );
      }}
    </QueryPage>
  );
}

interface FleetProps {
  workers: readonly FleetWorker[];
  apps: readonly FleetApp[];
  silent: number;
}

function Fleet({ workers, apps, silent }: FleetProps) {
  const filter = useSearch({ from: "/o/$org/fleet" });
  const deaf = apps.filter(({ runner }) => !runner.takes_orders).length;
  const shown = findApps(apps, filter, useNow());
  return (
    <>
      {workers.length > 0 && (
        <Section title="Workers" aside={formatCount(workers.length, "worker")}>
          <WorkerTable workers={workers} />
          {workers.some(({ known }) => known !== undefined && !known.takes_orders) && (
            <p className="text-sm text-soft">
              A worker that serves several organisations is drained by <code>bridgekit fleet drain WORKER</code>.
            </p>
          )}
        </Section>
      )}
      <Section title="Apps" aside={shown.length < apps.length ? `${shown.length} of ${apps.length}` : apps.length}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <FilterField label="Find an app" />
          <ChoiceLinks label="State" name="state" choices={CHOICES} />
          {filter.worker !== undefined && <FilterChip name="worker">On {filter.worker}</FilterChip>}
        </div>
        {shown.length === 0 ? <EmptyNote>No app is like this.</EmptyNote> : <FleetAppTable apps={shown} />}
        {deaf > 0 && (
          <p className="text-sm text-soft">
            {formatCount(deaf, "app")} can't be paused or run from here, because what runs {deaf === 1 ? "it" : "them"}{" "}
            takes no orders.
          </p>
        )}
        {silent > 0 && (
          <p className="text-sm text-soft">
            {formatCount(silent, "more app")} {silent === 1 ? "has" : "have"} no runner that reports; the page “Apps”
            has all of them.
          </p>
        )}
      </Section>
    </>
  );
}

const CHOICES = [
  { value: undefined, label: "All" },
  ...Object.entries(STATES).map(([value, { label }]) => ({ value, label })),
];
