import { notifyManager } from '@tanstack/react-query'

interface FrameQueue<Frame> {
  push: (frame: Frame) => void
  stop: () => void
}

/** A window that shows nothing new for a while, because another lies over it, gets its frames all the same. */
const atLatestMs = 100

/**
 * Hands frames on in their order, those of one turn of the screen together and after it was drawn: a key that is
 * pressed meanwhile is painted first, and a customer who writes fast costs one drawing a turn and not one a frame.
 */
export function frameQueue<Frame>(onFrame: (frame: Frame) => void): FrameQueue<Frame> {
  let waiting: Frame[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0
  const flush = (): void => {
    clearTimeout(timer)
    cancelAnimationFrame(turn)
    timer = undefined
    const frames = waiting
    waiting = []
    notifyManager.batch(() => {
      for (const frame of frames) onFrame(frame)
    })
  }
  return {
    push(frame) {
      waiting.push(frame)
      // Nobody sees a hidden page, but it rings and tells.
      if (document.visibilityState === 'hidden') return flush()
      if (timer !== undefined) return
      timer = setTimeout(flush, atLatestMs)
      turn = requestAnimationFrame(() => {
        clearTimeout(timer)
        timer = setTimeout(flush)
      })
    },
    stop() {
      clearTimeout(timer)
      cancelAnimationFrame(turn)
      timer = undefined
      waiting = []
    },
  }
}
