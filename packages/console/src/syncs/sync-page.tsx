import type { SyncSession } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { syncQuery } from "../api/queries.ts";
import { AppName } from "../apps/app-name.tsx";
import { formatClock } from "../components/format.ts";
import { Moment } from "../components/moment.tsx";
import { Page, Section } from "../components/page.tsx";
import { QueryPage } from "../components/query-page.tsx";
import { useSession } from "../session/session.ts";
import { ChangeList } from "./change-list.tsx";
import { ProgressTable } from "./progress-table.tsx";
import { ReceiptSection } from "./receipt-section.tsx";
import { useKeep } from "./keep.ts";
import { TraitsSection } from "./traits-section.tsx";
import { isHeld, SyncStateMark } from "./sync-state-mark.tsx";
import { WhySection } from "./why-section.tsx";

const HeldActions = lazy(async () => ({ default: (await import("./held-actions.tsx")).HeldActions }));

/** One sync: what became of it, what it took, what was missing, and each change. */
export function SyncPage() {
  const session = useSession();
  const { appId, syncId } = useParams({ from: "/o/$org/apps/$appId/syncs/$syncId" });
  const keep = useKeep();
  const query = useQuery(syncQuery(session, appId, syncId));
  return (
    <QueryPage title="The sync" query={query}>
      {(sync) => (
        <Page
          title={`Sync of ${sync.started_at === undefined ? "an unknown time" : formatClock(sync.started_at)}`}
          aside={<SyncStateMark session={sync} />}
          subtitle={<Subtitle sync={sync} />}
          actions={
            sync.status === "error" && (
              <Suspense>
                <HeldActions appId={appId} sync={sync} kept={keep.kept} />
              </Suspense>
            )
          }
        >
          <WhySection sync={sync} />
          {isHeld(sync) && (
            <div className="grid gap-8 lg:grid-cols-[2fr_3fr]">
              <Section title="What they have in common">
                <TraitsSection appId={appId} syncId={syncId} />
              </Section>
              <Section title="Who" aside="Uncheck who stays">
                <ChangeList sync={sync} keep={keep} />
              </Section>
            </div>
          )}
          <div className="grid gap-8 xl:grid-cols-[3fr_2fr]">
            <Section title="Read and applied">
              <ProgressTable sync={sync} />
            </Section>
            <ReceiptSection receipt={sync.receipt} />
          </div>
          {!isHeld(sync) && (
            <Section title="Changes">
              <ChangeList sync={sync} />
            </Section>
          )}
        </Page>
      )}
    </QueryPage>
  );
}

function Subtitle({ sync: { started_at, started_by, confirmed_by, discarded_by, expires_at } }: { sync: SyncSession }) {
  const by = (what: string, key: string | null | undefined) =>
    typeof key === "string" && (
      <>
        {" "}
        · {what} by key <code className="text-xs">{key}</code>
      </>
    );
  return (
    <>
      <AppName /> · started <Moment at={started_at} none="at an unknown time" />
      {by("started", started_by)}
      {by("confirmed", confirmed_by)}
      {by("discarded", discarded_by)}
      {typeof expires_at === "string" && (
        <>
          {" "}
          · dropped by itself <Moment at={expires_at} />
        </>
      )}
    </>
  );
}
