import type { Capabilities } from '@qiao/channels'
import type { ChannelInfo } from '@qiao/protocol'

/** The part that clients need; how fast we may call and in which order things come is the server's affair. */
export function shownCapabilities(capabilities: Capabilities): ChannelInfo['capabilities'] {
  const { receives, sends, text, menu, window, receipts, typing, replyTo, edits, recalls, reactions } = capabilities
  const { sessions, templates, groups, echoes, letters, links, writesFirst, paid, miniPrograms } = capabilities
  const attachments = Object.fromEntries(
    Object.entries(capabilities.attachments).map(([kind, limits]) => [kind, { ...limits, mimes: [...limits.mimes] }]),
  )
  return {
    receives: [...receives],
    sends: [...sends],
    text,
    attachments,
    menu,
    window: window && {
      message: window.message,
      afterwards: [...window.afterwards],
      ...(window.acts ? { acts: { ...window.acts } } : {}),
      ...(window.humanAgentMs === undefined ? {} : { humanAgentMs: window.humanAgentMs }),
    },
    receipts: [...receipts],
    typing,
    replyTo,
    edits,
    recalls,
    reactions: {
      in: reactions.in,
      out: reactions.out,
      ...(reactions.only ? { only: [...reactions.only] } : {}),
      ...(reactions.why ? { why: reactions.why } : {}),
    },
    templates,
    ...(sessions ? { sessions } : {}),
    groups,
    echoes,
    ...(letters ? { letters } : {}),
    ...(writesFirst ? { writesFirst } : {}),
    ...(paid ? { paid } : {}),
    ...(miniPrograms ? { miniPrograms } : {}),
    ...(links === false ? { links } : {}),
  }
}
