import type { ReminderKind } from './decide.ts'

/** Two short tones, made here: nothing to download. Urgent ones rise, the rest fall. */
const tones: Record<ReminderKind, readonly [number, number]> = {
  new: [660, 880],
  assigned: [660, 880],
  message: [784, 659],
  unanswered: [880, 1175],
  idle: [523, 440],
  closing: [523, 440],
  mention: [988, 784],
}

let context: AudioContext | null = null

export function chime(kind: ReminderKind): void {
  try {
    context ??= new AudioContext()
    // Before the first press on the page browsers keep it silent; then this does nothing.
    if (context.state === 'suspended') void context.resume()
    const start = context.currentTime
    tones[kind].forEach((frequency, at) => {
      if (!context) return
      const oscillator = context.createOscillator()
      const gain = context.createGain()
      oscillator.frequency.value = frequency
      const from = start + at * 0.14
      gain.gain.setValueAtTime(0.0001, from)
      gain.gain.exponentialRampToValueAtTime(0.12, from + 0.02)
      gain.gain.exponentialRampToValueAtTime(0.0001, from + 0.22)
      oscillator.connect(gain).connect(context.destination)
      oscillator.start(from)
      oscillator.stop(from + 0.24)
    })
  } catch {
    // A machine without sound still has the title and the notification.
  }
}
