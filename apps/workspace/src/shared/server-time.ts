/** A difference below this is the way of the frame that told it, and no reason to let times jump. */
const tolerableMs = 2_000
let ahead = 0

/** The server told its time on this socket. Waiting times, reminders and snoozes go by it: this machine may be hours off. */
export function noteServerTime(serverTime: string, machineNow = Date.now()): void {
  const difference = Date.parse(serverTime) - machineNow
  if (Number.isFinite(difference)) ahead = Math.abs(difference) < tolerableMs ? 0 : difference
}

export const serverNow = (): number => Date.now() + ahead
