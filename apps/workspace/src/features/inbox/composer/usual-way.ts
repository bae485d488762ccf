import type { ConversationOutlet } from '@qiao/protocol'

/** `wished`: where the customer asked to be answered when they left a message. */
export type Outlet = ConversationOutlet & { wished?: boolean | undefined }

export const wishedWay = (outlets: readonly Outlet[]): Outlet | undefined =>
  outlets.find(({ wished, open }) => wished && open)

/** The way that is meant while nobody has chosen: the customer's wish, or where they wrote last, when that is open. */
export const usualWay = (outlets: readonly Outlet[], minds = true): Outlet | undefined =>
  (minds ? wishedWay(outlets) : undefined) ??
  outlets.find(({ latest, open }) => latest && open) ??
  outlets.find(({ own }) => own)
