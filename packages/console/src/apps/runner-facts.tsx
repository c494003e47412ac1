import type { AppOverview } from "../api/queries.ts";
import { Moment } from "../components/moment.tsx";
import { Text } from "../records/text.tsx";
import { NextRun } from "./next-run.tsx";

/** When an app runs next and where, or why it does not; nothing if no runner ever reported it. */
export function RunnerFacts({ app }: { app: AppOverview }) {
  const { runner } = app;
  if (runner === null) return null;
  if (runner.parked_at !== null)
    return (
      <>
        {" "}
        · parked <Moment at={runner.parked_at} />, because it crashed its worker three times in a row
      </>
    );
  if (runner.paused_at !== null)
    return (
      <>
        {" "}
        · paused <Moment at={runner.paused_at} />
      </>
    );
  return (
    <>
      {" "}
      · next run: <NextRun app={app} />
      {runner.worker !== null && (
        <>
          {" "}
          on <Text>{runner.worker}</Text>
        </>
      )}
    </>
  );
}
