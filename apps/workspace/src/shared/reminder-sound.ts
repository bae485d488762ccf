import type { Preferences } from '@qiao/protocol'

export type ReminderKind = keyof Preferences['reminders']
export const reminderKinds = [
  'new',
  'assigned',
  'message',
  'unanswered',
  'idle',
  'closing',
  'mention',
] as const satisfies ReminderKind[]

/** Hertz and start in milliseconds of each note: rising is new, falling is about to end, repeated is urgent. */
const tunes: Record<ReminderKind, readonly (readonly [hertz: number, at: number])[]> = {
  new: [
    [659, 0],
    [880, 120],
  ],
  assigned: [
    [523, 0],
    [659, 100],
    [784, 200],
  ],
  message: [[740, 0]],
  unanswered: [
    [880, 0],
    [880, 160],
    [880, 320],
  ],
  idle: [[440, 0]],
  closing: [
    [587, 0],
    [440, 140],
  ],
  mention: [
    [784, 0],
    [988, 90],
  ],
}

let context: AudioContext | undefined

/** Made by the browser itself, so there is no file to load. Rejects while the page has not been clicked yet. */
export async function playReminder(kind: ReminderKind): Promise<void> {
  context ??= new AudioContext()
  const audio = context
  // A page that nobody has touched keeps `resume` pending for ever.
  await Promise.race([audio.resume(), new Promise((_, refuse) => setTimeout(refuse, 500, new Error('not allowed')))])
  for (const [hertz, at] of tunes[kind]) {
    const start = audio.currentTime + at / 1000
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0, start)
    volume.gain.linearRampToValueAtTime(0.18, start + 0.01)
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.28)
    tone.connect(volume).connect(audio.destination)
    tone.start(start)
    tone.stop(start + 0.3)
  }
}
