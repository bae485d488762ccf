import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { attachmentKinds, type Conversation, type MessageContent } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { AttachmentService } from '#attachments'
import {
  addNote,
  assignConversation,
  closeConversation,
  type ConversationDeps,
  decideSurveyAnswer,
  markByContact,
  markRead,
  receiveMessage,
  sendReply,
  snoozeConversation,
  tagConversation,
  transferConversation,
} from '#conversations'
import type { ManualClock } from '#platform/clock'
import type { AgentPrincipal } from '#platform/principal'
import { printPdf, readPicture, soundVoice } from './demo-files.ts'
import { beganAt, type Handle, type Step, type Story, type StoryFile, type TeamHandle } from './story.ts'

export interface Stage {
  deps: ConversationDeps
  clock: ManualClock
  /** When the demo is made; nothing may happen later. */
  now: Date
  attachments: AttachmentService
  agents: Record<Handle, AgentPrincipal>
  names: Record<Handle, string>
  teamIds: Record<TeamHandle, string>
}
export interface Customer {
  inboxId: string
  contactId: string
  identityId: string
  /** The newest conversation so far: later ones know what came before. */
  last: string | null
}

const maxBytes = 20_000_000

/** Plays one conversation through the commands that people use, at the times at which it is said to have happened. */
export async function tellStory(stage: Stage, customer: Customer, story: Story): Promise<void> {
  const { deps, clock, now } = stage
  clock.set(beganAt(story.began, now))
  let conversation: Conversation | null = null
  for (const [at, step] of story.steps.entries()) {
    if (at > 0) clock.set(new Date(Math.min(clock.now().getTime() + pause(story, at), now.getTime() - 20_000)))
    const id: string = conversation?.id ?? ''
    if (step.type === 'customer') {
      const content = await contentOf(stage, { contactId: customer.contactId }, customer.inboxId, step)
      const conversationId: string | null = conversation?.id ?? null
      const received = await receiveMessage(deps, {
        ...customer,
        conversationId,
        clientKey: uuidv7(),
        content,
        reopenWithinMinutes: 1440,
        started: { previousConversationId: customer.last },
      })
      conversation = received.conversation
      if (at === 0) await tag(stage, conversation.id, story)
    } else if (step.type === 'rate') await rate(stage, customer, id, step)
    else await act(stage, story, customer, id, step)
  }
  if (conversation) await markAsSeen(stage, customer, conversation.id, story)
  customer.last = conversation?.id ?? customer.last
}

/** Between one and three minutes, the same at each run. */
function pause(story: Story, at: number): number {
  const [first = 0] = createHash('sha256').update(`${story.customer} ${story.began} ${at}`).digest()
  const limit = story.began.endsWith('m') ? 60_000 : 180_000
  return 20_000 + (first / 255) * limit
}

const holderOf = ({ agents }: Stage, story: Story): AgentPrincipal => agents[story.holder ?? 'lin']

async function tag(stage: Stage, id: string, { tags }: Story): Promise<void> {
  if (tags.length === 0) return
  await tagConversation(stage.deps, stage.agents.lin, { id, clientKey: uuidv7(), add: tags, remove: [] })
}

async function act(
  stage: Stage,
  story: Story,
  customer: Customer,
  id: string,
  step: Exclude<Step, { type: 'customer' | 'rate' }>,
): Promise<unknown> {
  const { deps, agents, teamIds } = stage
  const holder = holderOf(stage, story)
  const command = { id, clientKey: uuidv7() }
  switch (step.type) {
    case 'agent': {
      const content = await contentOf(stage, { agentId: holder.agentId }, customer.inboxId, step)
      return sendReply(deps, holder, { ...command, content })
    }
    case 'note': {
      const text = step.text.replaceAll(
        /@([a-z]+)/g,
        (sign, handle: Handle) => `@${stage.names[handle] ?? sign.slice(1)}`,
      )
      const mentions = step.mentions.map((handle) => agents[handle].agentId)
      return addNote(deps, holder, { ...command, text, mentions, attachmentIds: [] })
    }
    case 'transfer': {
      const { to: target } = step
      if (target !== 'sales' && target !== 'support') story.holder = target
      const to =
        target === 'sales' || target === 'support'
          ? { agentId: null, teamId: teamIds[target] }
          : { agentId: agents[target].agentId, teamId: null }
      return transferConversation(deps, holder, { ...command, ...to, note: step.note })
    }
    case 'assign':
      story.holder = step.to
      return assignConversation(deps, agents.lin, { ...command, agentId: agents[step.to].agentId })
    case 'close':
      return closeConversation(deps, story.holder ? holder : agents.lin, { ...command, reason: step.reason })
    case 'snooze': {
      const until = new Date(stage.now.getTime() + step.hours * 3_600_000).toISOString()
      return snoozeConversation(deps, holder, { ...command, until })
    }
    default:
      return step satisfies never
  }
}

async function rate(
  { deps }: Stage,
  { contactId }: Customer,
  id: string,
  step: Extract<Step, { type: 'rate' }>,
): Promise<void> {
  await deps.appender.append({
    conversationId: id,
    clientKey: uuidv7(),
    author: { type: 'contact', id: contactId },
    decide: (conversation) => {
      const comment = step.comment ? { comment: step.comment } : {}
      return conversation.survey
        ? decideSurveyAnswer(conversation, { surveyId: conversation.survey.id, score: step.score, ...comment })
        : []
    },
  })
}

type Uploader = { contactId: string } | { agentId: string }

async function contentOf(
  stage: Stage,
  uploader: Uploader,
  inboxId: string,
  { text, file }: { text: string; file: StoryFile | null },
): Promise<MessageContent> {
  if (!file) return { type: 'text', text, markup: 'none' }
  const { id, name, mime, bytes } = await stage.attachments.receive({
    id: uuidv7(),
    inboxId,
    uploader,
    policy: { kinds: attachmentKinds, maxBytes },
    name: file.name,
    declaredMime: null,
    declaredBytes: null,
    stream: Readable.from([await bytesOf(file)]),
  })
  return { type: file.kind, attachment: { id, name, mime, bytes } }
}

async function bytesOf({ kind, drawing }: StoryFile): Promise<Buffer> {
  if (kind === 'image') return readPicture(drawing)
  return kind === 'audio' ? soundVoice() : printPdf(`Camellia Goods - ${drawing}`)
}

/** What is over or answered has been read by both sides; what waits has not. */
async function markAsSeen({ deps, agents }: Stage, customer: Customer, id: string, story: Story): Promise<void> {
  const answered = story.steps.at(-1)?.type !== 'customer'
  const replied = story.steps.some((step) => step.type === 'agent')
  const all = Number.MAX_SAFE_INTEGER
  if (replied) await markByContact(deps, id, customer.contactId, { readSeq: 2_000_000 })
  if (!answered) return
  for (const agent of new Set([agents[story.holder ?? 'lin'], agents.lin])) {
    await markRead(deps, agent, { id, upToPublicSeq: all, unread: false })
  }
}
