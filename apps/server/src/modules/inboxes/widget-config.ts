import { type Calendar, type Inbox, type WidgetConfig, widgetConfig } from '@qiao/protocol'

export interface Face {
  name: string
  avatarUrl: string | null
}

export const mostFaces = 5

/** What everybody may know of an inbox: a fixed choice of its settings, so that a new setting is private until it is named. */
export function widgetConfigOf(inbox: Inbox, calendar: Calendar | null, faces: readonly Face[]): WidgetConfig {
  const { key, name, settings, pausedAt } = inbox
  return {
    inbox: { key, name },
    settings: widgetConfig.shape.settings.parse(settings),
    hours: calendar && {
      timeZone: calendar.timeZone,
      alwaysOpen: calendar.alwaysOpen,
      weekly: calendar.weekly,
      holidays: calendar.holidays,
    },
    paused: pausedAt !== null,
    team: faces.slice(0, mostFaces).map(({ name: face, avatarUrl }) => ({ name: face, avatarUrl })),
  }
}
