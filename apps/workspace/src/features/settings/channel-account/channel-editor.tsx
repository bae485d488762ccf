import type { ChannelAccount, ChannelInfo, Inbox } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { useWords } from '../../../shared/i18n.ts'
import { Load } from '../../../shared/load.tsx'
import { useCan } from '../../../shared/session.ts'
import { MenuSection } from '../channel-menu/menu-section.tsx'
import { useMenuDraft } from '../channel-menu/use-menu-draft.ts'
import { words as menuWords } from '../channel-menu/words.ts'
import { ChannelMark } from '../channels/channel-mark.tsx'
import { worded } from '../../../shared/worded.ts'
import { EntranceSection } from '../entrance-codes/entrance-section.tsx'
import { words as entranceWords } from '../entrance-codes/words.ts'
import { ClosingSection } from '../inbox-editor/closing-section.tsx'
import { ConversationSection } from '../inbox-editor/conversation-section.tsx'
import { brokenSections } from '../inbox-editor/draft.ts'
import { MailSection } from '../inbox-editor/mail-section.tsx'
import { mailSettingsWords } from '../inbox-editor/mail-words.ts'
import { GeneralSection } from '../inbox-editor/general-section.tsx'
import { RoutingSection } from '../inbox-editor/routing-section.tsx'
import type { SectionProps } from '../inbox-editor/section-props.ts'
import { useInboxDraft } from '../inbox-editor/use-inbox-draft.ts'
import { words as editorWords } from '../inbox-editor/words.ts'
import { TemplatesSection } from '../templates/templates-section.tsx'
import { words as templateWords } from '../templates/words.ts'
import { EditorFrame } from '../parts/editor-frame.tsx'
import { accountQuery } from './account-query.ts'
import { type ChannelSectionKey, channelSections } from './channel-sections.ts'
import { ConnectionSection } from './connection-section.tsx'
import { LimitsSection } from './limits-section.tsx'
import { StatusSection } from './status-section.tsx'
import { useAccountDraft } from './use-account-draft.ts'
import { words as accountWords } from './words.ts'
import './channel-account.css'

interface ChannelEditorProps {
  inbox: Inbox
  info: ChannelInfo
  section: string | undefined
}

/** The inbox of a channel: its account at the provider, and what every inbox has. */
export function ChannelEditor(props: ChannelEditorProps) {
  const manage = useCan('inboxes.manage')
  return manage ? <WithAccount {...props} /> : <Editor {...props} account={null} />
}

function WithAccount(props: ChannelEditorProps) {
  const account = useQuery(accountQuery(props.inbox.id))
  return <Load query={account}>{(loaded) => <Editor {...props} account={loaded} />}</Load>
}

function Editor({ inbox, info, section, account }: ChannelEditorProps & { account: ChannelAccount | null }) {
  const e = useWords(editorWords)
  const a = useWords(accountWords)
  const m = useWords(menuWords)
  const n = useWords(entranceWords)
  const l = useWords(mailSettingsWords)
  const t = useWords(templateWords)
  const editor = useInboxDraft(inbox)
  const accountEditor = useAccountDraft(inbox.id, info, account)
  const can = account?.capabilities ?? info.capabilities
  const sections = channelSections(can, info, account !== null)
  const shown = sections.find((key) => key === section) ?? (account && sections[0]) ?? 'limits'
  const ready = account !== null && account.config !== null
  const menuEditor = useMenuDraft(inbox.id, ready && shown === 'menu')
  const broken = new Set<ChannelSectionKey>(sections.filter((key) => brokenKeys(editor.problems).has(key)))
  if (accountEditor.problems.size > 0) broken.add('connection')
  if (menuEditor.tried && menuEditor.faults.length > 0) broken.add('menu')
  const props: SectionProps = {
    inbox,
    info,
    draft: editor.draft,
    problems: editor.problems,
    readOnly: account === null,
    onChange: editor.change,
    onSettings: editor.changeSettings,
  }
  const names: Record<ChannelSectionKey, string> = {
    connection: a('section.connection'),
    status: a('section.status'),
    limits: a('section.limits'),
    menu: m('section'),
    entrances: n('section'),
    templates: t('section'),
    mail: l('section'),
    closing: e('section.ending'),
    conversation: e('section.files'),
    general: e('section.general'),
    routing: e('section.routing'),
  }
  return (
    <EditorFrame
      title={editor.draft.name || inbox.name}
      back={{ to: '/settings/inboxes', label: e('back') }}
      navLabel={e('sections')}
      sections={sections}
      section={shown}
      nameOf={(key) => names[key]}
      hrefOf={(key) => `/settings/inboxes/${inbox.id}/${key}`}
      broken={broken}
      readOnly={account === null}
      actions={
        <span className="st-channel-name">
          <ChannelMark info={info} />
          <span>{worded(info.name)}</span>
        </span>
      }
      editor={{
        dirty: editor.dirty || accountEditor.dirty || menuEditor.dirty,
        saving: editor.saving || accountEditor.saving || menuEditor.saving,
        theirs:
          (accountEditor.dirty ? accountEditor.theirs : null) ??
          (editor.dirty ? editor.theirs : null) ??
          menuEditor.theirs,
        save: () => {
          if (accountEditor.dirty) void accountEditor.save()
          if (editor.dirty) editor.save()
          if (menuEditor.dirty) void menuEditor.save()
        },
        discard: () => {
          accountEditor.discard()
          editor.discard()
          menuEditor.discard()
        },
      }}
    >
      {shown === 'connection' && account ? (
        <ConnectionSection inboxId={inbox.id} info={info} account={account} editor={accountEditor} />
      ) : shown === 'menu' ? (
        <MenuSection title={editor.draft.name || inbox.name} ready={ready} editor={menuEditor} />
      ) : shown === 'templates' ? (
        <TemplatesSection inboxId={inbox.id} ready={ready || account === null} manage={account !== null} />
      ) : shown === 'entrances' ? (
        <EntranceSection inboxId={inbox.id} ready={ready} />
      ) : shown === 'status' ? (
        <StatusSection inbox={inbox} />
      ) : shown === 'general' ? (
        <GeneralSection key={editor.discards} {...props} />
      ) : shown === 'mail' ? (
        <MailSection key={editor.discards} {...props} />
      ) : shown === 'conversation' ? (
        <ConversationSection key={editor.discards} {...props} />
      ) : shown === 'closing' ? (
        <ClosingSection key={editor.discards} {...props} />
      ) : shown === 'routing' ? (
        <RoutingSection key={editor.discards} {...props} />
      ) : (
        <LimitsSection info={info} can={can} />
      )}
    </EditorFrame>
  )
}

/** Where letters are written the texts that both know are edited with those of letters. */
const brokenKeys = (problems: Parameters<typeof brokenSections>[0]): ReadonlySet<string> =>
  new Set([...brokenSections(problems)].map((key) => (key === 'offline' ? 'mail' : key)))
