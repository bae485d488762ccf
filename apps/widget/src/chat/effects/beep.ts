import { muted } from '../store.ts'

let context: AudioContext | null = null

/** Two short soft tones. Made here, so that there is no sound file to load. */
export function beep(): void {
  if (muted.value) return
  try {
    context ??= new AudioContext()
    // Before the visitor touched the page a browser keeps it silent; that is not ours to work around.
    if (context.state === 'suspended') void context.resume().catch(() => undefined)
    for (const [at, pitch] of [
      [0, 660],
      [0.12, 880],
    ] as const)
      tone(context, context.currentTime + at, pitch)
  } catch {
    context = null
  }
}

function tone(audio: AudioContext, at: number, pitch: number): void {
  const oscillator = audio.createOscillator()
  const gain = audio.createGain()
  oscillator.frequency.value = pitch
  gain.gain.setValueAtTime(0.0001, at)
  gain.gain.exponentialRampToValueAtTime(0.12, at + 0.02)
  gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.16)
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(at)
  oscillator.stop(at + 0.18)
}
