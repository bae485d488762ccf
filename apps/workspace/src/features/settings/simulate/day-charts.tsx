import type { SimulationReport } from '@qiao/protocol'
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { useDark } from '../../../shared/appearance.ts'
import { useWords } from '../../../shared/i18n.ts'
import { type ChartSeries, optionOf } from './chart-option.ts'
import { timeOf } from './draft.ts'
import { words } from './words.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

type Interval = SimulationReport['intervals'][number]

/** An empty half hour has no service level and no wait; a line at zero would say that it was bad. */
const busy = (report: SimulationReport, value: (at: Interval) => number): (number | null)[] =>
  report.intervals.map((interval) => (interval.offered > 0 ? value(interval) : null))
const staffed = (report: SimulationReport): number[] => report.intervals.map((interval) => interval.staffed)

export function DayCharts({ now, changed }: { now: SimulationReport; changed: SimulationReport }) {
  const t = useWords(words)
  const pair = (value: (at: Interval) => number): ChartSeries[] => [
    { name: t('now'), kind: 'now', data: busy(now, value) },
    { name: t('changed'), kind: 'changed', data: busy(changed, value) },
  ]
  return (
    <div className="st-charts">
      <Chart title={t('chart.service')} series={pair((at) => Math.round(at.serviceLevel * 100))} unit="%" most={100} />
      <Chart title={t('chart.wait')} series={pair((at) => Math.round(at.waitSeconds))} />
      <Chart
        title={t('chart.staff')}
        series={[
          {
            name: t('chart.offered'),
            kind: 'bars',
            data: now.intervals.map(({ offered }) => Math.round(offered * 10) / 10),
          },
          { name: t('chart.staffNow'), kind: 'now', step: true, data: staffed(now) },
          { name: t('chart.staffChanged'), kind: 'changed', step: true, data: staffed(changed) },
        ]}
      />
    </div>
  )
}

interface ChartProps {
  title: string
  series: ChartSeries[]
  unit?: string
  most?: number
}

function Chart({ title, series, unit = '', most }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const dark = useDark()
  const times = Array.from({ length: series[0]?.data.length ?? 0 }, (_, index) => timeOf(index))
  const option = JSON.stringify({ series, unit, most, times, dark })
  useEffect(() => {
    if (!box.current) return undefined
    const chart = init(box.current, null, { renderer: 'svg' })
    chart.setOption(optionOf(JSON.parse(option)))
    const observer = new ResizeObserver(() => chart.resize())
    observer.observe(box.current)
    return () => {
      observer.disconnect()
      chart.dispose()
    }
  }, [option])
  return (
    <figure>
      <figcaption>{title}</figcaption>
      {/* The numbers stand in the table below. */}
      <div ref={box} className="st-chart" role="img" aria-label={title} />
    </figure>
  )
}
