import type { EChartsCoreOption } from 'echarts/core'

export interface ChartSeries {
  name: string
  kind: 'now' | 'changed' | 'bars'
  /** Null: nothing to say about it. */
  data: (number | null)[]
  step?: boolean
}

export interface ChartInput {
  series: ChartSeries[]
  times: string[]
  unit: string
  most?: number
  dark: boolean
}

/** In the colours of the workspace: the change in the accent, the present in grey and dashed, told apart without colour. */
export function optionOf({ series, times, unit, most, dark }: ChartInput): EChartsCoreOption {
  const ink = dark ? '#aeb5c0' : '#59616e'
  const line = dark ? '#31363f' : '#e3e6ea'
  const ground = dark ? '#22262d' : '#ffffff'
  const colours = {
    now: dark ? '#9aa2ae' : '#666d79',
    changed: dark ? '#7fb2ff' : '#1a5fcc',
    bars: dark ? '#3a4250' : '#d5dbe4',
  }
  const axis = { axisLabel: { color: ink }, axisLine: { lineStyle: { color: line } }, axisTick: { show: false } }
  return {
    animation: false,
    grid: { left: 44, right: 12, top: 34, bottom: 26 },
    legend: { top: 0, left: 0, itemWidth: 18, itemHeight: 8, textStyle: { color: ink } },
    tooltip: {
      trigger: 'axis',
      backgroundColor: ground,
      borderColor: line,
      textStyle: { color: dark ? '#e8eaed' : '#1d2129', fontSize: 13 },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? `${value}${unit}` : '—'),
    },
    xAxis: {
      type: 'category',
      data: times,
      ...axis,
      axisLabel: { color: ink, interval: 7, formatter: (time: string) => time.split('–')[0] ?? '' },
    },
    yAxis: {
      type: 'value',
      min: 0,
      ...(most === undefined ? {} : { max: most }),
      ...axis,
      axisLabel: { color: ink, formatter: `{value}${unit}` },
      splitLine: { lineStyle: { color: line } },
    },
    series: series.map(({ name, kind, data, step }) =>
      kind === 'bars'
        ? { type: 'bar', name, data, itemStyle: { color: colours.bars }, barCategoryGap: '20%' }
        : {
            type: 'line',
            name,
            data,
            showSymbol: false,
            connectNulls: false,
            ...(step ? { step: 'middle' } : {}),
            lineStyle: { width: 2, color: colours[kind], type: kind === 'now' ? 'dashed' : 'solid' },
            itemStyle: { color: colours[kind] },
          },
    ),
  }
}
