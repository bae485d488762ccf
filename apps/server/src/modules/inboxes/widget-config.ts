import { type Calendar, type Inbox, type WidgetConfig, widgetConfig } from '@qiao/protocol'

export interface Face {
  name: string
  avatarUrl: string | null
}

export const mostFaces = 5

/** What everybody may know of an inbox: a fixed choice of its settings, so that a new setting is private until it is named. */
export function widgetConfigOf(inbox: Inbox, calendar: Calendar | null, faces: readonly Face[]): WidgetConfig {
  const { key, name, settings, pausedAt } = inbox
  const staff = settings.audience === 'staff'
  return {
    inbox: { key, name },
    settings: widgetConfig.shape.settings.parse({
      ...settings,
      identity: { required: settings.identity.required || staff },
    }),
    hours: calendar && {
      timeZone: calendar.timeZone,
      alwaysOpen: calendar.alwaysOpen,
      weekly: calendar.weekly,
      holidays: calendar.holidays,
    },
    paused: pausedAt !== null,
    // Who works at the internal desk is nothing for strangers.
    team: staff ? [] : faces.slice(0, mostFaces).map(({ name: face, avatarUrl }) => ({ name: face, avatarUrl })),
  }
}
