import { expect, test } from 'vitest'
import { startCompany } from '../../testing/company.ts'
import { connect } from '../../testing/socket-peer.ts'

const company = await startCompany()
const { agent, must, url } = company

test('a page that was still opening when a setting changed is told with the first frames', async () => {
  await must('PATCH', '/api/v1/me', agent.credentials, { publicName: '小李' })
  const peer = await connect(url, '/ws/agent', agent.credentials)
  await peer.next(({ type, what }) => type === 'changed' && what === 'agents')
  expect(peer.frames[0]).toMatchObject({ type: 'ready' })
  expect(peer.frames).not.toContainEqual({ type: 'changed', what: 'templates' })
  peer.close()
})
