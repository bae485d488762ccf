import type { Page } from '@playwright/test'
import type { MessageContentInput } from '@qiao/protocol'
import { callApi } from './test.ts'

/** One of each kind that a program may send in an agent's name and the composer does not make. */
export const richMessages: MessageContentInput[] = [
  {
    type: 'card',
    title: 'Gift sets',
    text: 'Wrapped by hand',
    buttons: [{ label: 'See them', url: 'https://a.example' }],
  },
  { type: 'product', sku: 'pen', title: 'Bamboo pen', priceMinorUnits: 4900, currency: 'USD' },
  { type: 'order', number: 'CM-1', status: 'On its way', lines: [{ title: 'White tea', quantity: 2 }] },
  { type: 'article', title: 'How to brew', url: 'https://a.example/brew' },
  { type: 'location', latitude: 30.2, longitude: 120.1, title: 'Our counter' },
  {
    type: 'menu',
    text: 'Which one?',
    style: 'list',
    options: [
      { id: 'w', label: 'White' },
      { id: 'g', label: 'Green' },
    ],
  },
  { type: 'menu', text: 'As a gift?', style: 'quick', options: [{ id: 'y', label: 'Yes, please' }] },
  {
    type: 'form',
    title: 'Where to?',
    fields: [
      { name: 'street', label: 'Street', type: 'text', required: true },
      { name: 'mail', label: 'Mail', type: 'email' },
    ],
  },
]

/** Sends them into the conversation that the agent's page shows; gives its path in the API. */
export async function sendAll(workspace: Page, contents: readonly MessageContentInput[]): Promise<string> {
  const id = new URL(workspace.url()).pathname.split('/').at(-1)
  const path = `/conversations/${id}`
  for (const [at, content] of contents.entries()) {
    await callApi(workspace, 'POST', `${path}/messages`, { clientKey: `${id}:${at}`, content })
  }
  return path
}
