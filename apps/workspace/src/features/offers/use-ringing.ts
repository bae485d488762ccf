import type { Offer } from '@qiao/protocol'
import { useEffect } from 'react'
import faviconUrl from '../../shared/favicon.svg'
import { playReminder } from '../../shared/reminder-sound.ts'
import { useMe } from '../../shared/session.ts'
import { clearTitle, showInTitle } from '../../shared/tab-title.ts'

const againAfterMs = 4000

/** Sound, title and notification while something rings, by the ways that the agent has switched on for assignments. */
export function useRinging(first: Offer | undefined, words: string): void {
  const { sound, title, desktop } = useMe().preferences.reminders.assigned
  const id = first?.id
  const preview = first?.preview ?? ''
  useEffect(() => {
    if (!id || !sound) return undefined
    // Before the first press on the page browsers keep it silent; the card and the title are there all the same.
    const play = (): void => void playReminder('assigned').catch(() => undefined)
    play()
    const timer = setInterval(play, againAfterMs)
    return () => clearInterval(timer)
  }, [id, sound])

  useEffect(() => {
    if (!id || !title) return undefined
    const before = document.title
    showInTitle(words, before)
    return () => clearTitle(before)
  }, [id, title, words])

  useEffect(() => {
    const wanted = desktop && document.visibilityState === 'hidden'
    if (!id || !wanted || !('Notification' in window) || Notification.permission !== 'granted') return undefined
    const notification = new Notification(words, { body: preview, tag: id, icon: faviconUrl })
    notification.addEventListener('click', () => {
      window.focus()
      notification.close()
    })
    return () => notification.close()
  }, [id, desktop, words, preview])
}
