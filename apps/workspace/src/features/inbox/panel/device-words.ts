/** Enough of a user agent to help somebody: its browser with the major version, and its system. */
export function browserOf(userAgent: string): string {
  const known: [RegExp, string][] = [
    [/MicroMessenger\/(\d+)/u, 'WeChat'],
    [/Edg(?:e|A|iOS)?\/(\d+)/u, 'Edge'],
    [/OPR\/(\d+)/u, 'Opera'],
    [/SamsungBrowser\/(\d+)/u, 'Samsung Internet'],
    [/(?:Firefox|FxiOS)\/(\d+)/u, 'Firefox'],
    [/(?:Chrome|CriOS)\/(\d+)/u, 'Chrome'],
    [/Version\/(\d+).*Safari/u, 'Safari'],
  ]
  for (const [pattern, name] of known) {
    const version = pattern.exec(userAgent)?.[1]
    if (version) return `${name} ${version}`
  }
  return userAgent.slice(0, 40)
}

export function systemOf(userAgent: string): string {
  if (/iPhone|iPad/u.test(userAgent)) return `iOS ${/OS (\d+)/u.exec(userAgent)?.[1] ?? ''}`.trim()
  const android = /Android (\d+)/u.exec(userAgent)?.[1]
  if (android) return `Android ${android}`
  if (userAgent.includes('HarmonyOS')) return 'HarmonyOS'
  if (userAgent.includes('Windows')) return 'Windows'
  if (userAgent.includes('Mac OS X')) return 'macOS'
  return userAgent.includes('Linux') ? 'Linux' : ''
}

/** "Shanghai" of "Asia/Shanghai": where the customer is, as far as the time zone tells. */
export const placeOf = (timeZone: string): string => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')

export function localTime(timeZone: string, language: string, now: number): string {
  try {
    return new Intl.DateTimeFormat(language, {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(now)
  } catch {
    return ''
  }
}
