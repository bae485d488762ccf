import type { ChannelDeps } from '../channel-deps.ts'

/** A page of the workspace, the same for all inboxes: providers want it told beforehand. */
export const redirectUriOf = ({ url }: Pick<ChannelDeps, 'url'>): string => `${url}/settings/channel-access`
