import { channels } from '@qiao/channels'
import { playWindow } from '../../testing/play-window.ts'

/** Where the customer opens the window by writing (text messages have none of time), and where the provider calls. */
for (const { about, capabilities, pull } of channels)
  if (capabilities.window && !capabilities.paid && !pull) playWindow(about.id, capabilities.window)
