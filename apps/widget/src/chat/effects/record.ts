export interface Recording {
  stop(): Promise<{ blob: Blob; name: string }>
  cancel(): void
}

/** In order of preference: Opus is small and everywhere; Safari records only MP4. */
const types = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4']
const endings: Record<string, string> = { 'audio/webm': 'webm', 'audio/ogg': 'ogg', 'audio/mp4': 'm4a' }

export async function record(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, { ...(mimeType ? { mimeType } : {}), audioBitsPerSecond: 32_000 })
  const parts: Blob[] = []
  recorder.ondataavailable = (event) => parts.push(event.data)
  recorder.start()
  const release = (): void => {
    for (const track of stream.getTracks()) track.stop()
  }
  return {
    stop: () =>
      new Promise((resolve) => {
        recorder.onstop = () => {
          release()
          const type = (recorder.mimeType || 'audio/webm').split(';')[0] ?? ''
          resolve({ blob: new Blob(parts, { type }), name: `voice-note.${endings[type] ?? 'webm'}` })
        }
        recorder.stop()
      }),
    cancel() {
      recorder.onstop = null
      recorder.stop()
      release()
    },
  }
}
