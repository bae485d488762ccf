import { signInFields } from '@qiao/protocol'
import { expect, it } from 'vitest'
import { signInDraftOf, signInFieldsOf, signInProblems } from './sign-in-draft.ts'

const issuer = 'https://login.camellia.example'
const saved = signInFields.parse({
  issuer,
  clientId: 'qiao',
  emailDomains: ['camellia.example', 'camellia.cn'],
  requiredClaim: { name: 'groups', value: 'staff' },
  trustEmail: true,
})

it('comes back as it was saved', () => {
  expect(signInFieldsOf(signInDraftOf(saved))).toEqual(saved)
  expect(signInDraftOf(saved).secret).toBeUndefined()
})

it('takes lists as people write them', () => {
  const draft = { ...signInDraftOf(saved), emailDomains: '@Camellia.example，camellia.cn', scopes: 'openid,  hr' }
  const attributes = 'department=dept\n\n工号 = employeeNumber'
  expect(signInFieldsOf({ ...draft, attributes, requiredName: '', requiredValue: ' ' })).toMatchObject({
    emailDomains: ['camellia.example', 'camellia.cn'],
    scopes: ['openid', 'hr'],
    claims: {
      attributes: [
        { attribute: 'department', claim: 'dept' },
        { attribute: '工号', claim: 'employeeNumber' },
      ],
    },
    requiredClaim: null,
  })
})

it('says which field is wrong', () => {
  expect([...signInProblems(signInDraftOf(null))]).toEqual([
    ['issuer', 'url'],
    ['clientId', 'missing'],
  ])
  const draft = signInDraftOf(saved)
  const wrong = { ...draft, scopes: 'profile', attributes: 'department', emailDomains: 'camellia', requiredValue: '' }
  expect([...signInProblems(wrong).keys()].toSorted()).toEqual([
    'attributes',
    'emailDomains',
    'requiredValue',
    'scopes',
  ])
  expect([...signInProblems(draft)]).toEqual([])
})
