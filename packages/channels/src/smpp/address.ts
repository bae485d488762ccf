import { phoneAddress } from '../families/sms/phone-address.ts'
import type { Config } from './config.ts'

/** Types of number (SMPP 3.4 §5.2.5) with the numbering plan that goes with them. */
const types = { unknown: 0, international: 1, national: 2, network: 3, alphanumeric: 5 } as const

export interface WireAddress {
  address: string
  ton: number
  npi: number
}

export function onWire(address: string): WireAddress {
  if (address.startsWith('+')) return { address: address.slice(1), ton: types.international, npi: 1 }
  return /^\d+$/u.test(address)
    ? { address, ton: address.length <= 8 ? types.network : types.unknown, npi: address.length <= 8 ? 0 : 1 }
    : { address, ton: types.alphanumeric, npi: 0 }
}

/** Null for names, which nobody can answer. */
export function fromWire(address: string, ton: number, { countryCode }: Pick<Config, 'countryCode'>): string | null {
  const digits = address.trim()
  if (ton === types.alphanumeric || !/^\+?\d+$/u.test(digits)) return null
  if (/^(?:\+|00)/u.test(digits)) return phoneAddress(digits)
  if (digits.length <= 6) return phoneAddress(digits)
  const national =
    ton === types.national ||
    (ton !== types.international && countryCode !== undefined && !digits.startsWith(countryCode))
  return phoneAddress(
    national && countryCode !== undefined ? `+${countryCode}${digits.replace(/^0+/u, '')}` : `+${digits}`,
  )
}
