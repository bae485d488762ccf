import { channels } from '@qiao/channels'
import { playWindow } from '../../testing/play-window.ts'

/** The same where the provider is asked for what customers wrote. */
for (const { about, capabilities, pull } of channels)
  if (capabilities.window && !capabilities.paid && pull) playWindow(about.id, capabilities.window)
