import { channels } from '@qiao/channels'
import { playWindow, startPlay } from '../../testing/play-window.ts'

const play = await startPlay()

/** The same where the provider is asked for what customers wrote. */
for (const { about, capabilities, pull } of channels)
  if (capabilities.window && !capabilities.paid && pull) playWindow(play, about.id, capabilities.window)
