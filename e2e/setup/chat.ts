import { type FrameLocator, type Locator, type Page, expect } from '@playwright/test'

/** The visitor's chat as people find their way in it: by what is written and read out. */
type Place = Page | FrameLocator

export interface FirstWords {
  name: string
  department: string
  text: string
}

/** Fills the form of the Chinese demo shop and sends the first message. */
export async function startChat(chat: Place, { name, department, text }: FirstWords): Promise<void> {
  await chat.getByRole('button', { name: '开始咨询' }).click()
  await chat.getByLabel('怎么称呼您').fill(name)
  await chat.getByLabel('咨询部门').selectOption({ label: department })
  await chat.getByLabel('请描述您的问题').fill(text)
  await chat.getByRole('checkbox', { name: /我同意山茶集/ }).check()
  await chat.getByRole('button', { name: '开始咨询' }).click()
  await expect(said(chat, text)).toBeVisible()
}

export async function say(chat: Place, text: string): Promise<void> {
  await chat.getByRole('textbox', { name: '输入消息' }).fill(text)
  await chat.getByRole('button', { name: '发送', exact: true }).click()
}

export const said = (chat: Place, text: string): Locator => chat.getByRole('listitem').filter({ hasText: text }).last()

/** Chooses files as the button with the paper clip does. */
export async function sendFile(chat: Page, path: string): Promise<void> {
  await chat.locator('input[type=file]:not([capture])').setInputFiles(path)
}

/** The agents' side. */
export async function openConversation(workspace: Page, view: string, customer: string): Promise<void> {
  await workspace
    .getByRole('navigation', { name: '会话视图' })
    .getByRole('button', { name: new RegExp(`^${view}`) })
    .click()
  await workspace
    .getByRole('list', { name: '会话列表' })
    .getByRole('link', { name: new RegExp(customer) })
    .first()
    .click()
  await expect(workspace.getByRole('heading', { name: customer })).toBeVisible()
}

export const answerBox = (workspace: Page, customer: string): Locator =>
  workspace.getByRole('textbox', { name: `回复${customer}` })

export async function answer(workspace: Page, customer: string, text: string): Promise<void> {
  await answerBox(workspace, customer).fill(text)
  await answerBox(workspace, customer).press('Enter')
  await expect(inThread(workspace, text)).toBeVisible()
}

export const inThread = (workspace: Page, text: string): Locator =>
  workspace.getByRole('main').getByRole('article').filter({ hasText: text }).last()

export async function attach(workspace: Page, paths: string[]): Promise<void> {
  await workspace.getByRole('main').locator('input[type=file]').setInputFiles(paths)
  await expect(workspace.getByText('已就绪')).toHaveCount(paths.length)
  await workspace.getByRole('button', { name: /发\s*送$/ }).click()
}
