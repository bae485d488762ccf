import { channels } from '@qiao/channels'
import { playWindow, startPlay } from '../../testing/play-window.ts'

const play = await startPlay()

/** Where the customer opens the window by writing (text messages have none of time), and where the provider calls. */
for (const { about, capabilities, pull } of channels)
  if (capabilities.window && !capabilities.paid && !pull) playWindow(play, about.id, capabilities.window)
