const tolerableMs = 2_000
let ahead = 0

/** A visitor's phone may be hours off: what ends by the server's time must not look ended already, or never to end. */
export function noteServerTime(serverTime: string, machineNow = Date.now()): void {
  const difference = Date.parse(serverTime) - machineNow
  ahead = Math.abs(difference) > tolerableMs ? difference : 0
}

export const serverNow = (): number => Date.now() + ahead
