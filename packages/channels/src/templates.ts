import type { TemplateDraft, TemplateHead, TemplatePart, TemplatePlace, TemplateRules } from '@qiao/protocol'
import type { Context, MakeContext } from './contract.ts'
import type { TemplateState } from './events.ts'
import type { Problem } from './problem.ts'

export interface Template {
  name: string
  /** What people call it, where `name` is a code of the provider's. */
  title?: string
  language: string
  category: string
  state: TemplateState
  /** The words with `{{1}}` or `{{name}}` for what is filled in. */
  text: string
  parameters: readonly string[]
  /** Of each of `parameters`, where they are not all simply of the words. */
  places?: readonly TemplatePlace[]
  /** What has to be put above the words of each message. */
  header?: TemplateHead
  reason?: string
  /** How the provider shows it, where it has more than one text; `text` is all of them but for the buttons. */
  components?: readonly TemplatePart[]
}
export interface Templates<Config> {
  list(context: Context<Config>): Promise<Template[] | Problem>
  /** Where they can be made from here: what the provider takes, and the way to submit one that keeps to it. */
  make?: {
    rules: TemplateRules
    /** What the provider puts before every text of this account. Pure. */
    prefix?(config: Config): string
    submit(draft: TemplateDraft, context: MakeContext<Config>): Promise<Template | Problem>
    /** Submits it again, changed, in a state that `rules.edits` names. */
    edit?(name: string, draft: TemplateDraft, context: MakeContext<Config>): Promise<Template | Problem>
  }
  /** In all its languages. */
  remove?(name: string, context: Context<Config>): Promise<Problem | null>
}
