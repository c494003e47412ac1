import { useEffect, useRef } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { AppOverview } from "../api/queries.ts";
import { formatClock, formatNumber } from "../components/format.ts";
import { usePreferences } from "../frame/preferences.ts";

const HEIGHT = 140;
const SERIES = [
  { label: "Removed", count: "removed", colour: "--red" },
  { label: "Created", count: "created", colour: "--green" },
  { label: "Updated", count: "updated", colour: "--blue" },
] as const;

/** What the last syncs created, updated and removed; the table below it has the same for who can't see it. */
export function SyncChart({ sessions }: { sessions: AppOverview["sessions"] }) {
  const box = useRef<HTMLDivElement>(null);
  const { theme } = usePreferences();
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const plot = draw(element, sessions);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [sessions, theme]);
  return (
    <div
      ref={box}
      role="img"
      aria-label={`What the last ${sessions.length} syncs created, updated and removed; the table below lists it`}
      className="sync-chart min-h-44 pb-4"
    />
  );
}

function draw(element: HTMLElement, sessions: AppOverview["sessions"]): UPlot {
  const style = getComputedStyle(element);
  const colourOf = (name: string) => {
    // The value of a token is a function of the theme; an element that has it as its colour knows the outcome.
    element.style.setProperty("outline-color", `var(${name})`);
    const { outlineColor } = style;
    element.style.removeProperty("outline-color");
    return outlineColor;
  };
  const axis = {
    stroke: colourOf("--text-soft"),
    font: "12px system-ui, sans-serif",
    grid: { stroke: colourOf("--line"), width: 1 },
    ticks: { show: false },
  };
  const options: UPlot.Options = {
    width: element.clientWidth,
    height: HEIGHT,
    cursor: { y: false, points: { size: 6 } },
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 80,
        values: (_, ticks) => ticks.map((tick) => formatClock(tick * 1000)),
      },
      {
        ...axis,
        size: 48,
        incrs: [1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000, 10_000, 100_000],
        values: (_, ticks) => ticks.map(formatNumber),
      },
    ],
    series: [
      { label: "", value: (_, time: number | null) => (time === null ? "" : formatClock(time * 1000)) },
      ...SERIES.map(({ label, colour }) => ({
        label,
        stroke: colourOf(colour),
        width: 1.5,
        points: { show: true, size: 4 },
        value: (_: UPlot, count: number | null) => (count === null ? "" : formatNumber(count)),
      })),
    ],
  };
  const times = sessions.map(({ started_at }) => new Date(started_at).getTime() / 1000);
  return new UPlot(options, [times, ...SERIES.map(({ count }) => sessions.map((point) => point[count]))], element);
}
