import 'uplot/dist/uPlot.min.css';
import { Text, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { useProgress } from '../../live/progress.js';
import { bytesPerSecond } from '../../ui/figures.js';

const heightPx = 180;
const mostPoints = 600;
const inks = {
  light: { line: '#16539e', fill: '#16539e22', text: '#51585f', grid: '#d5dade' },
  dark: { line: '#8ebcff', fill: '#8ebcff22', text: '#b4bac1', grid: '#3d444b' },
};

/** Throughput while the job runs and this page is open, as its worker tells it. */
export function ThroughputChart({ jobId }: { jobId: string }) {
  const note = useProgress(jobId);
  const { ref, width } = useElementSize();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const points = useRef<[number[], number[]]>([[], []]);
  const chart = useRef<UPlot>(undefined);
  const target = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!target.current || width === 0) return undefined;
    const ink = inks[scheme];
    const axis = { stroke: ink.text, grid: { stroke: ink.grid, width: 1 }, ticks: { stroke: ink.grid, width: 1 } };
    chart.current = new UPlot(
      {
        ...{ width, height: heightPx, legend: { show: false }, cursor: { show: false } },
        axes: [axis, { ...axis, size: 90, values: (_chart, values) => values.map((value) => bytesPerSecond(value)) }],
        scales: { y: { range: (_chart, _low, high) => [0, Math.max(high * 1.1, 1)] } },
        series: [{}, { stroke: ink.line, fill: ink.fill, width: 2, points: { show: false } }],
      },
      points.current,
      target.current,
    );
    return () => chart.current?.destroy();
  }, [width, scheme]);
  useEffect(() => {
    if (!note || note.bytes_per_second == null) return;
    const [times, speeds] = points.current;
    points.current = [[...times, note.heardMs / 1000].slice(-mostPoints), [...speeds, note.bytes_per_second].slice(-mostPoints)];
    chart.current?.setData(points.current);
  }, [note]);
  const speed = note?.bytes_per_second;
  return (
    <div ref={ref} role="img" aria-label={speed ? `Throughput, now ${bytesPerSecond(speed)}` : 'Throughput; nothing is being written now'}>
      <div ref={target} style={{ display: note ? 'block' : 'none' }} />
      {!note && (
        <Text size="sm" c="dimmed">
          Drawn while data is written and this page is open.
        </Text>
      )}
    </div>
  );
}
