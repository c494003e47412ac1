import { useEffect, useRef } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { usePreferences } from "../frame/preferences.ts";
import { formatNumber, formatTick } from "./format.ts";

interface Series {
  label: string;
  /** Name of a colour token. */
  colour: `--${string}`;
  /** One for each time; null where there is none. */
  values: readonly (number | null)[];
}

interface TimeChartProps {
  /** What is shown, and where the same stands as a table. */
  label: string;
  /** Milliseconds since 1970, ascending. */
  times: readonly number[];
  /** Made once: a new array draws everything again. */
  series: readonly Series[];
  format?: (value: number) => string;
  /** Whether a value holds until the next one. */
  isStepped?: boolean;
  height?: number;
}

const WHOLE = [1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000, 10_000, 100_000, 1_000_000];

/** Lines over time, from zero up. A table beside it has the same for who can't see it. */
export function TimeChart(props: TimeChartProps) {
  const { label, times, series, format = formatNumber, isStepped = false, height = 140 } = props;
  const box = useRef<HTMLDivElement>(null);
  const { theme } = usePreferences();
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const plot = draw(element, { times, series, format, isStepped, height });
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [times, series, format, isStepped, height, theme]);
  return (
    <div
      ref={box}
      role="img"
      aria-label={label}
      className="time-chart contain-inline-size pb-2"
      style={{ minHeight: `${height + 28}px` }}
    />
  );
}

type Drawn = Required<Omit<TimeChartProps, "label">>;

function draw(element: HTMLElement, { times, series, format, isStepped, height }: Drawn): UPlot {
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
  const paths = isStepped ? UPlot.paths.stepped?.({ align: 1 }) : undefined;
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const options: UPlot.Options = {
    width: element.clientWidth,
    height,
    cursor: { y: false, points: { size: 6 } },
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        space: 90,
        values: (_, ticks) => ticks.map((tick) => formatTick(tick * 1000, span)),
      },
      { ...axis, size: 56, incrs: WHOLE, values: (_, ticks) => ticks.map(format) },
    ],
    series: [
      { label: "", value: (_, time: number | null) => (time === null ? "" : formatTick(time * 1000, span)) },
      ...series.map(({ label, colour }) => ({
        label,
        stroke: colourOf(colour),
        width: 1.5,
        points: { show: true, size: 4 },
        ...(paths && { paths }),
        value: (_: UPlot, value: number | null) => (value === null ? "" : format(value)),
      })),
    ],
  };
  return new UPlot(options, [times.map((time) => time / 1000), ...series.map(({ values }) => [...values])], element);
}
