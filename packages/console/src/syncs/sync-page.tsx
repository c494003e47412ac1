import type { SyncSession } from "@bridgekit/client";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Suspense, useContext } from "react";
import { syncQuery } from "../api/queries.ts";
import { AppName } from "../apps/app-name.tsx";
import { useAppId } from "../apps/app-scope.tsx";
import { ActorOfSync } from "../audit/actor.tsx";
import { buttonClass } from "../components/button.tsx";
import { formatClock } from "../components/format.ts";
import { Moment } from "../components/moment.tsx";
import { IsBeside, Page, Section } from "../components/page.tsx";
import { QueryPage } from "../components/query-page.tsx";
import { useMayOperate, useSession } from "../session/session.ts";
import { ChangeList } from "./change-list.tsx";
import { FirstChanges } from "./first-changes.tsx";
import { ProgressTable } from "./progress-table.tsx";
import { ReceiptSection } from "./receipt-section.tsx";
import { useKeep } from "./keep.ts";
import { TimelineSection } from "./timeline-section.tsx";
import { TraitsSection } from "./traits-section.tsx";
import { isHeld, SyncStateMark } from "./sync-state-mark.tsx";
import { WhySection } from "./why-section.tsx";
import { lazyPart } from "../lazy.ts";

const HeldActions = lazyPart(() => import("./held-actions.tsx"), "HeldActions");

export function SyncPage() {
  const { syncId } = useParams({ from: "/o/$org/apps/$appId/syncs/$syncId" });
  return <SyncView syncId={syncId} />;
}

/** One sync: what became of it, what it took, what was missing, and each change. */
export function SyncView({ syncId }: { syncId: string }) {
  const appId = useAppId();
  const isBeside = useContext(IsBeside);
  const mayOperate = useMayOperate();
  const keep = useKeep(syncId);
  const query = useQuery(syncQuery(useSession(), appId, syncId));
  return (
    <QueryPage title="The sync" query={query}>
      {(sync) => (
        <Page
          title={`Sync of ${sync.started_at === undefined ? "an unknown time" : formatClock(sync.started_at)}`}
          aside={<SyncStateMark session={sync} />}
          subtitle={<Subtitle sync={sync} />}
          actions={
            mayOperate &&
            sync.status === "error" &&
            (isBeside ? (
              <ReviewLink syncId={syncId} />
            ) : (
              <Suspense>
                <HeldActions appId={appId} sync={sync} kept={keep.kept} />
              </Suspense>
            ))
          }
        >
          <WhySection sync={sync} />
          {isHeld(sync) && !isBeside && (
            <div className="grid gap-8 @3xl:grid-cols-[2fr_3fr]">
              <Section title="What they have in common">
                <TraitsSection appId={appId} syncId={syncId} />
              </Section>
              <Section title="Who" aside={mayOperate ? "Uncheck who stays" : "An operator or an administrator decides"}>
                <ChangeList sync={sync} {...(mayOperate && { keep })} />
              </Section>
            </div>
          )}
          {sync.receipt?.timeline !== undefined && (
            <TimelineSection
              timeline={sync.receipt.timeline}
              nameOf={(slug) => sync.progress.find((type) => type.slug === slug)?.name ?? slug}
            />
          )}
          <div className="grid gap-8 @4xl:grid-cols-[3fr_2fr]">
            <Section title="Read and applied">
              <ProgressTable sync={sync} />
            </Section>
            <ReceiptSection receipt={sync.receipt} />
          </div>
          {(isBeside || !isHeld(sync)) && (
            <Section title={isHeld(sync) ? "What it would change" : "Changes"}>
              {isBeside ? <FirstChanges sync={sync} /> : <ChangeList sync={sync} />}
            </Section>
          )}
        </Page>
      )}
    </QueryPage>
  );
}

/** A decision takes the room of a page. */
function ReviewLink({ syncId }: { syncId: string }) {
  const { org } = useSession();
  const appId = useAppId();
  return (
    <Link to="/o/$org/apps/$appId/syncs/$syncId" params={{ org, appId, syncId }} className={buttonClass("primary")}>
      Review
    </Link>
  );
}

function Subtitle({ sync }: { sync: SyncSession }) {
  const { sync_id, started_at, started_by, confirmed_by, discarded_by, expires_at } = sync;
  const by = (what: string, operation: "startSync" | "confirmSync" | "discardSync", key: string | null | undefined) =>
    typeof key === "string" && (
      <>
        {" "}
        · {what} by <ActorOfSync syncId={sync_id} operation={operation} keyId={key} />
      </>
    );
  return (
    <>
      <AppName /> · started <Moment at={started_at} none="at an unknown time" />
      {by("started", "startSync", started_by)}
      {by("confirmed", "confirmSync", confirmed_by)}
      {by("discarded", "discardSync", discarded_by)}
      {typeof expires_at === "string" && (
        <>
          {" "}
          · dropped by itself <Moment at={expires_at} />
        </>
      )}
    </>
  );
}
