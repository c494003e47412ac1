import { type Column, DataTable } from "../components/data-table.tsx";
import { CountCell } from "../components/count-cell.tsx";
import { formatDuration, formatNumber } from "../components/format.ts";
import { Section } from "../components/page.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { type Timeline, TimelineChart } from "./timeline-chart.tsx";

type Step = Timeline["steps"][number];
type Stream = Timeline["streams"][number] & { name: string };

interface TimelineSectionProps {
  timeline: Timeline;
  nameOf: (slug: string) => string;
}

/** How a run went: drawn, and as tables for who can't see it. */
export function TimelineSection({ timeline, nameOf }: TimelineSectionProps) {
  const streams = timeline.streams.map((stream) => ({ ...stream, name: nameOf(stream.slug) }));
  return (
    <Section title="Course of the run" aside={formatDuration(timeline.seconds)}>
      <TimelineChart timeline={timeline} nameOf={nameOf} />
      <DataTable label="Streams" columns={streamColumns} rows={streams} rowId={({ slug }) => slug} />
      {timeline.steps.length > 0 && (
        <details className="text-sm">
          <summary className="text-soft hover:text-text">Calls and waits as a table</summary>
          <DataTable
            label="Calls and waits"
            columns={toStepColumns(timeline.step_seconds)}
            rows={timeline.steps}
            rowId={({ step }) => String(step)}
          />
        </details>
      )}
    </Section>
  );
}

const streamColumns: readonly Column<Stream>[] = [
  { id: "name", header: "Stream", cell: ({ name }) => name },
  { id: "end", header: "End", cell: ({ end }) => <EndMark end={end} /> },
  {
    id: "proof",
    header: "Known by",
    cell: ({ proofs }) => <span className="text-soft">{describeProofs(proofs)}</span>,
    hideBelow: "sm",
  },
  {
    id: "began",
    header: "Began after",
    cell: ({ started_seconds }) => formatDuration(started_seconds),
    isNumber: true,
    hideBelow: "xs",
  },
  {
    id: "took",
    header: "Took",
    cell: ({ started_seconds, ended_seconds }) => formatDuration(Math.max(0, ended_seconds - started_seconds)),
    isNumber: true,
  },
  {
    id: "pages",
    header: "Pages",
    cell: ({ pages }) => formatNumber(pages.reduce((sum, { count }) => sum + count, 0)),
    isNumber: true,
  },
];

function EndMark({ end }: Pick<Stream, "end">) {
  switch (end) {
    case "complete":
      return (
        <StateMark tone="green" icon="check">
          Complete
        </StateMark>
      );
    case "partial":
      return (
        <StateMark tone="amber" icon="warning">
          Partial
        </StateMark>
      );
    case "stopped":
      return (
        <StateMark tone="red" icon="cross">
          Stopped
        </StateMark>
      );
  }
}

const PROOFS: Readonly<Record<string, string>> = {
  total: "the number that the system gave",
  last_page: "a page that said it was the last",
  no_next_page: "a page without a next one",
  short_page: "a page that was not full",
  empty_page: "an empty page",
};

/** `an empty page`, `12 × a page without a next one`. */
function describeProofs(proofs: Stream["proofs"]): string {
  return Object.entries(proofs)
    .map(([proof, count]) => `${count > 1 ? `${formatNumber(count)} × ` : ""}${PROOFS[proof] ?? proof}`)
    .join(", ");
}

function toStepColumns(stepSeconds: number): readonly Column<Step>[] {
  const seconds = (value: number) => (value > 0 ? formatDuration(value) : <span className="text-faint">0</span>);
  return [
    { id: "at", header: "After", cell: ({ step }) => formatDuration(step * stepSeconds) },
    { id: "calls", header: "Calls", cell: ({ calls }) => <CountCell count={calls} />, isNumber: true },
    { id: "retries", header: "Again", cell: ({ retries }) => <CountCell count={retries} />, isNumber: true },
    {
      id: "limited",
      header: "Turned away",
      cell: ({ rate_limited }) => <CountCell count={rate_limited} />,
      isNumber: true,
    },
    { id: "turn", header: "Rate limit", cell: ({ turn_seconds }) => seconds(turn_seconds), isNumber: true },
    { id: "backoff", header: "Backoff", cell: ({ backoff_seconds }) => seconds(backoff_seconds), isNumber: true },
  ];
}
