import { signInFields } from '@qiao/protocol'
import { describe, expect, it } from 'vitest'
import { admitPerson } from './admit-person.ts'

const issuer = 'https://login.example.com'
const fields = (more: object = {}) => signInFields.parse({ issuer, clientId: 'qiao', ...more })
const li = {
  sub: 'u-1',
  name: '李娜',
  email: 'Li.Na@Camellia.example',
  email_verified: true,
  department: '财务部',
  employee_number: 10_042,
}

describe('whom a provider names', () => {
  it('is known by issuer and subject, with what agents may see', () => {
    expect(admitPerson(fields(), issuer, li)).toEqual({
      externalId: 'staff:https://login.example.com#u-1',
      name: '李娜',
      email: 'li.na@camellia.example',
      attributes: { department: '财务部', employeeNumber: 10_042 },
    })
  })

  it('takes away what is no longer said, and joins lists', () => {
    const more = { claims: { attributes: [{ attribute: 'groups', claim: 'groups' }] } }
    expect(admitPerson(fields(more), issuer, { ...li, groups: ['it', 'vpn'] })?.attributes).toEqual({
      groups: 'it, vpn',
    })
    expect(admitPerson(fields(), issuer, { sub: 'u-1' })?.attributes).toEqual({
      department: null,
      employeeNumber: null,
    })
  })

  it.each([{}, { sub: '' }, { sub: ' ' }, { sub: 'a\u0000b' }, { sub: 'x'.repeat(256) }, { sub: { a: 1 } }])(
    'is nobody without a subject: %j',
    (claims) => {
      expect(admitPerson(fields(), issuer, claims)).toBeNull()
    },
  )
})

describe('an address', () => {
  it.each([
    [{ email_verified: true }, {}, true],
    [{ email_verified: 'true' }, {}, true],
    [{ email_verified: false }, {}, false],
    [{ email_verified: undefined }, {}, false],
    [{ email_verified: undefined }, { trustEmail: true }, true],
    // What the provider verified is the claim `email`, not another one.
    [{ mail: 'boss@camellia.example' }, { claims: { email: 'mail' } }, false],
    [{ mail: 'li.na@camellia.example' }, { claims: { email: 'mail' }, trustEmail: true }, true],
  ])('counts only when it is verified or trusted: %j %j', (claims, more, counts) => {
    expect(admitPerson(fields(more), issuer, { ...li, ...claims })?.email !== undefined).toBe(counts)
  })

  it('must be of a domain of the company, which only a counting one is', () => {
    const own = fields({ emailDomains: ['camellia.example'] })
    expect(admitPerson(own, issuer, li)).not.toBeNull()
    for (const other of ['a@evil.example', 'a@camellia.example.evil', 'a@xcamellia.example', 'a@sub.camellia.example'])
      expect(admitPerson(own, issuer, { ...li, email: other })).toBeNull()
    expect(admitPerson(own, issuer, { ...li, email_verified: false })).toBeNull()
    expect(admitPerson(own, issuer, { sub: 'u-1' })).toBeNull()
  })
})

it('asks for a claim, also in a list', () => {
  const staff = fields({ requiredClaim: { name: 'groups', value: 'staff' } })
  expect(admitPerson(staff, issuer, { ...li, groups: ['it', 'staff'] })).not.toBeNull()
  expect(admitPerson(staff, issuer, { ...li, groups: 'staff' })).not.toBeNull()
  for (const groups of [undefined, ['Staff'], 'staffing', [], { staff: true }, [['staff']]])
    expect(admitPerson(staff, issuer, { ...li, groups })).toBeNull()
})
