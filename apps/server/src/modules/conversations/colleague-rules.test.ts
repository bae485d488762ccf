import { describe, expect, test } from 'vitest'
import {
  decideAddParticipant,
  decideEndConsult,
  decideRemoveParticipant,
  decideSayInConsult,
  decideStartConsult,
  decideWhisper,
} from './colleague-rules.ts'
import { agent, ann, bob, codeOf, conversation } from './testing.ts'

const [cleo, dan] = ['00000000-0000-7000-8000-00000000000d', '00000000-0000-7000-8000-00000000000e']
const as = (id: string, mayTouchOthers = false) => ({ author: agent(id), mayTouchOthers })
const asked = { consultId: 'q', agentId: dan, text: 'may I?' }

/** Ann holds it, Bob takes part, Dan is asked, Cleo only sees it. */
const held = conversation({ assigneeId: ann, participantIds: [bob], consults: [{ id: 'q', agentId: dan }] })

describe('asking a colleague', () => {
  test.each([
    ['the holder', as(ann), held, 'allowed'],
    ['who takes part', as(bob), held, 'allowed'],
    ['a lead', as(cleo, true), held, 'allowed'],
    ['somebody who only sees it', as(cleo), held, 'forbidden'],
    ['anybody while nobody holds it', as(cleo), conversation(), 'allowed'],
    ['the holder, themselves', as(dan), conversation({ assigneeId: dan }), 'invalid-input'],
    ['once it is closed', as(ann), conversation({ assigneeId: ann, state: 'closed' }), 'conversation-closed'],
  ])('by %s', (_who, actor, state, expected) => {
    expect(codeOf(() => decideStartConsult(state, actor, asked))).toBe(expected)
  })
  test('starts a consultation, or goes on with the one that runs', () => {
    expect(decideStartConsult(conversation({ assigneeId: ann }), as(ann), asked)).toEqual([
      { kind: 'consult.started', body: asked },
    ])
    expect(decideStartConsult(held, as(ann), { ...asked, consultId: 'another', text: 'and this?' })).toEqual([
      { kind: 'consult.said', body: { consultId: 'q', text: 'and this?' } },
    ])
  })
  test('has an end: at most ten at once', () => {
    const consults = Array.from({ length: 10 }, (_, at) => ({ id: `q${at}`, agentId: `a${at}` }))
    expect(codeOf(() => decideStartConsult(conversation({ consults }), as(ann), asked))).toBe('invalid-input')
  })
  test.each([
    ['the holder', as(ann), 'allowed'],
    ['who takes part', as(bob), 'allowed'],
    ['who is asked', as(dan), 'allowed'],
    ['a lead', as(cleo, true), 'allowed'],
    ['somebody who only sees it', as(cleo), 'forbidden'],
  ])('%s speaks in it and may end it', (_who, actor, expected) => {
    expect(codeOf(() => decideSayInConsult(held, actor, { consultId: 'q', text: 'yes' }))).toBe(expected)
    expect(codeOf(() => decideEndConsult(held, actor, 'q'))).toBe(expected)
  })
  test('who was asked another question does not speak in this one', () => {
    const two = conversation({ ...held, consults: [...held.consults, { id: 'r', agentId: cleo }] })
    expect(codeOf(() => decideSayInConsult(two, as(cleo), { consultId: 'q', text: 'me too' }))).toBe('forbidden')
  })
  test('when it is over nothing is said in it, and ending it again changes nothing', () => {
    const over = conversation({ assigneeId: ann })
    expect(codeOf(() => decideSayInConsult(over, as(ann), { consultId: 'q', text: 'late' }))).toBe('consult-over')
    expect(decideEndConsult(over, as(cleo), 'q')).toEqual([])
  })
})

describe('a conference', () => {
  test.each([
    ['the holder brings somebody in', as(ann), cleo, 'allowed'],
    ['a lead does', as(dan, true), cleo, 'allowed'],
    ['somebody joins', as(cleo), cleo, 'allowed'],
    ['who takes part brings nobody in', as(bob), cleo, 'forbidden'],
    ['a bystander brings nobody in', as(dan), cleo, 'forbidden'],
  ])('%s', (_name, actor, who, expected) => {
    expect(codeOf(() => decideAddParticipant(held, actor, who))).toBe(expected)
  })
  test.each([
    ['the holder takes somebody out', as(ann), bob, 'allowed'],
    ['somebody leaves', as(bob), bob, 'allowed'],
    ['a lead takes somebody out', as(dan, true), bob, 'allowed'],
    ['a bystander takes nobody out', as(dan), bob, 'forbidden'],
  ])('%s', (_name, actor, who, expected) => {
    expect(codeOf(() => decideRemoveParticipant(held, actor, who))).toBe(expected)
  })
  test('who is there does not come again, and who is not does not leave', () => {
    expect(decideAddParticipant(held, as(ann), bob)).toEqual([])
    expect(decideAddParticipant(held, as(bob), ann)).toEqual([])
    expect(decideRemoveParticipant(held, as(cleo), dan)).toEqual([])
  })
  test('begins in nothing that is closed, and has an end: at most ten beside the holder', () => {
    expect(codeOf(() => decideAddParticipant(conversation({ state: 'closed' }), as(ann), bob))).toBe(
      'conversation-closed',
    )
    const participantIds = Array.from({ length: 10 }, (_, at) => `a${at}`)
    expect(codeOf(() => decideAddParticipant(conversation({ participantIds }), as(ann), bob))).toBe('invalid-input')
  })
})

test('a lead whispers while it lasts', () => {
  expect(decideWhisper(held, 'offer the refund')).toEqual([
    { kind: 'whisper.added', body: { text: 'offer the refund' } },
  ])
  expect(codeOf(() => decideWhisper(conversation({ state: 'closed' }), 'late'))).toBe('conversation-closed')
})
