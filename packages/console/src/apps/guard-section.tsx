import type { App } from "@bridgekit/client";
import { Suspense, useState } from "react";
import { Button } from "../components/button.tsx";
import { Facts } from "../components/facts.tsx";
import { formatNumber, formatSetShare } from "../components/format.ts";
import { Section } from "../components/page.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { useMayAdminister } from "../session/session.ts";
import { lazyPart } from "../lazy.ts";

const GuardDialog = lazyPart(() => import("./guard-dialog.tsx"), "GuardDialog");

/** When the removal guard holds a sync of an app, and the way to change it. */
export function GuardSection({ app }: { app: App }) {
  const { removal_guard: guard } = app;
  const mayAdminister = useMayAdminister();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Section title="Removal guard">
      {guard === undefined && <p className="text-sm text-soft">This Bridge has no guard.</p>}
      {guard === null && (
        <div className="flex flex-col gap-1 text-sm">
          <StateMark tone="amber" icon="warning">
            Off
          </StateMark>
          <p className="text-soft">A complete sync removes whatever it does not contain, even everybody.</p>
        </div>
      )}
      {guard && (
        <>
          <Facts
            facts={[
              ["Holds more than", `${formatSetShare(guard.max_share)} of a type, or all`],
              ["And at least", `${formatNumber(guard.min_count)} of them`],
            ]}
          />
          <p className="text-sm text-soft">
            A sync that would remove that much of the records of a type, or of the refs to one, waits for a decision.
          </p>
        </>
      )}
      {guard !== undefined && mayAdminister && (
        <Button className="no-print mt-1 self-start" onClick={() => setIsOpen(true)}>
          Change guard…
        </Button>
      )}
      {isOpen && (
        <Suspense>
          <GuardDialog app={app} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </Section>
  );
}
