import type { Test } from 'tap'
import { open } from './open.ts'

/** Every kind of answer that a partner's page takes, as a program sends it; a tenth is none at all. */
export const answers = {
  question: { kind: 'question', words: 'Would MARKED-QUESTION be possible?' },
  'a concern kept': { kind: 'concern', concern: 'privacy', words: 'MARKED-CONCERN' },
  'a concern shared': { kind: 'concern', concern: 'time', words: 'MARKED-SHARED', audience: 'inviter' },
  'not free to speak': { kind: 'concern', concern: 'not_free', words: 'MARKED-DANGER' },
  'not now': { kind: 'not_now' },
  'not now, with a note': { kind: 'not_now', noteOn: '2027-03-01', address: 'marked-note@example.com' },
  'do not contact': { kind: 'no_contact', address: 'marked-never@example.com' },
  times: { kind: 'times', windows: [{ start: '2027-02-20T15:00:00Z', end: '2027-02-20T17:00:00Z' }] },
  'a concern with an address': { kind: 'concern', concern: 'blame', address: 'marked-reply@example.com' }
} as const

/** A house in which somebody has booked on their own and made a page to share. */
export async function openInvited(t: Test, own: Parameters<typeof open>[1] = {}) {
  const house = await open(t, own)
  const { request, confirmed } = house
  const booked = await confirmed({ sessionType: 'individual', start: '2027-02-09T15:00:00Z' })
  const made = await request('POST', '/api/partner-invitations', { text: 'curiosity' }, booked.token)
  const token = tokenOf(made.json().url)
  const answer = (given: object, to = token) => request('POST', `/api/partner-invitations/${to}/answers`, given)
  /** Comes back by the words of an answer: a token for its thread. */
  const comeBack = async (given: object): Promise<string> => {
    const { returnWords } = (await answer(given)).json()
    const opened = await request('POST', '/api/returns', { words: returnWords })
    return opened.json().accessToken
  }
  house.mails.length = 0
  return { ...house, booked, made, token, answer, comeBack }
}

export function tokenOf(url: string): string {
  return url.split('/p/')[1] ?? ''
}
