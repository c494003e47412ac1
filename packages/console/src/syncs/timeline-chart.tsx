import { useId, type ReactNode } from "react";
import type { RunReceipt } from "@bridgekit/client";
import { formatCount, formatDuration, formatNumber } from "../components/format.ts";

export type Timeline = NonNullable<RunReceipt["timeline"]>;
type Stream = Timeline["streams"][number];
type Step = Timeline["steps"][number];

const TRACK_HEIGHT = 24;
const MARKS = [0, 0.25, 0.5, 0.75, 1];

interface TimelineChartProps {
  timeline: Timeline;
  /** What people call a stream. */
  nameOf: (slug: string) => string;
}

/** The course of a run: a bar per stream with the pages that the Bridge took, then calls and waits. A table has the same. */
export function TimelineChart({ timeline, nameOf }: TimelineChartProps) {
  const { streams, steps, step_seconds } = timeline;
  const seconds = Math.max(timeline.seconds, step_seconds);
  const toX = (second: number) => `${Math.min(100, (second / seconds) * 100)}%`;
  const mostCalls = Math.max(1, ...steps.map(({ calls }) => calls));
  const hasWaits = steps.some(({ turn_seconds, backoff_seconds }) => turn_seconds + backoff_seconds > 0);
  return (
    <div
      role="img"
      aria-label={`The course of the run, ${formatDuration(seconds)} long; the tables below list it`}
      className="flex flex-col text-xs"
    >
      {streams.map((stream) => (
        <Track key={stream.slug} label={nameOf(stream.slug)}>
          <Bar stream={stream} toX={toX} stepSeconds={step_seconds} />
        </Track>
      ))}
      <Track label="Calls">
        {steps.map((step) => (
          <Calls key={step.step} step={step} x={toX((step.step + 0.5) * step_seconds)} most={mostCalls} />
        ))}
      </Track>
      {hasWaits && (
        <Track label="Waits">
          <Waits steps={steps} toX={toX} stepSeconds={step_seconds} />
        </Track>
      )}
      <Axis seconds={seconds} />
      <Legend hasWaits={hasWaits} />
    </div>
  );
}

function Track({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5rem_1fr] items-center gap-3 border-b border-line @3xl:grid-cols-[9rem_1fr]">
      <span className="truncate text-soft">{label}</span>
      <svg width="100%" height={TRACK_HEIGHT} className="overflow-visible">
        {children}
      </svg>
    </div>
  );
}

const FILLS: Record<Stream["end"], string> = {
  complete: "fill-blue/20 stroke-blue",
  partial: "fill-amber/20 stroke-amber",
  stopped: "fill-red/20 stroke-red",
};

interface Placed {
  toX: (second: number) => string;
  stepSeconds: number;
}

function Bar({ stream, toX, stepSeconds }: Placed & { stream: Stream }) {
  const { started_seconds, ended_seconds, end, pages } = stream;
  return (
    <>
      <rect
        x={toX(started_seconds)}
        y={6}
        width={toX(Math.max(0, ended_seconds - started_seconds))}
        height={TRACK_HEIGHT - 12}
        rx={2}
        className={FILLS[end]}
        // A stream that took no time is still to be seen.
        style={{ minWidth: 2 }}
      />
      {pages.map(({ step, count }) => (
        <circle
          key={step}
          cx={toX(Math.min(ended_seconds, (step + 0.5) * stepSeconds))}
          cy={TRACK_HEIGHT / 2}
          r={count > 1 ? 3.5 : 2.5}
          className="fill-text"
        >
          <title>{formatCount(count, "page")}</title>
        </circle>
      ))}
    </>
  );
}

function Calls({ step: { calls, retries, rate_limited }, x, most }: { step: Step; x: string; most: number }) {
  if (calls === 0 && rate_limited === 0) return null;
  const height = 4 + (calls / most) * (TRACK_HEIGHT - 8);
  const isTroubled = retries > 0 || rate_limited > 0;
  return (
    <g className={isTroubled ? "stroke-amber" : "stroke-soft"}>
      <line x1={x} x2={x} y1={TRACK_HEIGHT - 2} y2={TRACK_HEIGHT - 2 - height} strokeWidth={isTroubled ? 2.5 : 1.5} />
      <title>{describeCalls(calls, retries, rate_limited)}</title>
    </g>
  );
}

function describeCalls(calls: number, retries: number, rateLimited: number): string {
  return [
    formatCount(calls, "call"),
    retries > 0 && `${retries} of them again`,
    rateLimited > 0 && `${rateLimited} turned away by the rate limit`,
  ]
    .filter(Boolean)
    .join(", ");
}

function Waits({ steps, toX, stepSeconds }: Placed & { steps: readonly Step[] }) {
  const id = useId();
  return (
    <>
      <defs>
        <Hatch id={`${id}turn`} className="stroke-blue" turn={45} />
        <Hatch id={`${id}backoff`} className="stroke-amber" turn={-45} />
      </defs>
      {steps.flatMap(({ step, turn_seconds, backoff_seconds }) =>
        [
          { kind: "turn", seconds: turn_seconds, y: 1, title: "waited for the rate limit" },
          {
            kind: "backoff",
            seconds: backoff_seconds,
            y: TRACK_HEIGHT / 2 + 1,
            title: "backoff before calls were made again",
          },
        ].map(
          ({ kind, seconds, y, title }) =>
            seconds > 0 && (
              <rect
                key={`${step} ${kind}`}
                x={toX(step * stepSeconds)}
                y={y}
                width={toX(stepSeconds)}
                height={TRACK_HEIGHT / 2 - 2}
                fill={`url(#${id}${kind})`}
              >
                <title>
                  {formatDuration(seconds)} {title}
                </title>
              </rect>
            ),
        ),
      )}
    </>
  );
}

function Hatch({ id, className, turn }: { id: string; className: string; turn: number }) {
  return (
    <pattern id={id} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform={`rotate(${turn})`}>
      <line x1={0} y1={0} x2={0} y2={5} strokeWidth={3} className={className} />
    </pattern>
  );
}

/** Marks of a short run would be the same by tenths of a second. */
function formatMark(at: number, seconds: number): string {
  return seconds < 2 ? `${formatNumber(Math.round(at * 100) / 100)} s` : formatDuration(at);
}

function Axis({ seconds }: { seconds: number }) {
  return (
    <div className="grid grid-cols-[5rem_1fr] gap-3 pt-1 text-faint @3xl:grid-cols-[9rem_1fr]">
      <span />
      <span className="flex justify-between tabular-nums">
        {MARKS.map((mark) => (
          <span key={mark} className={mark === 0.25 || mark === 0.75 ? "@max-md:hidden" : undefined}>
            {formatMark(mark * seconds, seconds)}
          </span>
        ))}
      </span>
    </div>
  );
}

function Legend({ hasWaits }: { hasWaits: boolean }) {
  return (
    <ul aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 pt-2 text-soft">
      <Sign label="page that the Bridge took">
        <circle cx={7} cy={6} r={2.5} className="fill-text" />
      </Sign>
      <Sign label="calls">
        <line x1={7} x2={7} y1={1} y2={11} strokeWidth={1.5} className="stroke-soft" />
      </Sign>
      <Sign label="made again or turned away">
        <line x1={7} x2={7} y1={1} y2={11} strokeWidth={2.5} className="stroke-amber" />
      </Sign>
      {hasWaits && (
        <>
          <Sign label="rate limit">
            <HatchSign name="turn" className="stroke-blue" turn={45} />
          </Sign>
          <Sign label="backoff">
            <HatchSign name="backoff" className="stroke-amber" turn={-45} />
          </Sign>
        </>
      )}
    </ul>
  );
}

function HatchSign({ name, className, turn }: { name: string; className: string; turn: number }) {
  const id = useId() + name;
  return (
    <>
      <defs>
        <Hatch id={id} className={className} turn={turn} />
      </defs>
      <rect y={1} width={14} height={10} fill={`url(#${id})`} />
    </>
  );
}

function Sign({ label, children }: { label: string; children: ReactNode }) {
  return (
    <li className="flex items-center gap-1.5">
      <svg width={14} height={12}>
        {children}
      </svg>
      {label}
    </li>
  );
}
