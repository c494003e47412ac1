import { useQuery } from "@tanstack/react-query";
import { type Overview, overviewQuery } from "../api/queries.ts";
import { AppTable } from "../apps/app-table.tsx";
import { NoAppsNote } from "../apps/no-apps-note.tsx";
import { toShownState } from "../apps/shown-state.ts";
import { ErrorNote } from "../components/error-note.tsx";
import { Moment } from "../components/moment.tsx";
import { Page, Section } from "../components/page.tsx";
import { SkeletonRows } from "../components/skeleton.tsx";
import { useSession } from "../session/session.ts";
import { DecisionList } from "./decision-list.tsx";

export function OverviewPage() {
  const { data, error, refetch } = useQuery(overviewQuery(useSession()));
  return (
    <Page title="Overview">
      {data ? (
        <>
          <Section title="Needs a decision">
            {data.decisions.length > 0 ? <DecisionList decisions={data.decisions} /> : <NothingNote apps={data.apps} />}
          </Section>
          <Section title="Apps" aside={<StateCounts apps={data.apps} />}>
            {data.apps.length === 0 ? <NoAppsNote /> : <AppTable apps={data.apps} />}
          </Section>
        </>
      ) : error ? (
        <ErrorNote error={error} title="The overview could not be read." onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows />
      )}
    </Page>
  );
}

function NothingNote({ apps }: Pick<Overview, "apps">) {
  const last = apps
    .flatMap(({ last_synced_at }) => last_synced_at ?? [])
    .toSorted()
    .at(-1);
  return (
    <p className="border-y border-line py-3 text-sm text-soft">
      Nothing needs you.{" "}
      {last !== undefined && (
        <>
          The last sync was complete <Moment at={last} />.
        </>
      )}
    </p>
  );
}

const ORDER = [
  ["held", "held"],
  ["parked", "parked"],
  ["failing", "failing"],
  ["partial", "partial"],
  ["syncing", "syncing"],
  ["in_step", "in step"],
  ["paused", "paused"],
  ["never_synced", "never synced"],
] as const;

/** `in step 4 · syncing 1`. */
function StateCounts({ apps }: Pick<Overview, "apps">) {
  const counts = ORDER.flatMap(([state, word]) => {
    const { length } = apps.filter((app) => toShownState(app) === state);
    return length === 0 ? [] : [`${word} ${length}`];
  });
  return <span className="tabular-nums">{counts.join(" · ")}</span>;
}
