import type { Test } from 'tap'
import { settleIn } from '../../../src/installation.ts'
import { staffPassword } from '../database.ts'
import { open } from '../open.ts'
import { withRoutes } from '../routes.ts'
import { nowhere } from './bodies.ts'
import { readFamilyIn } from './claims.ts'
import { limits } from './limits.ts'
import { makeBooking } from './make-booking.ts'
import { makeBulkChange } from './make-bulk-change.ts'
import { makeCall } from './make-call.ts'
import { makeCouple } from './make-couple.ts'
import { makeDates } from './make-dates.ts'
import { makePartner } from './make-partner.ts'
import { makeProposal } from './make-proposal.ts'
import { hire } from './make-staff.ts'
import {
  away,
  type Booked,
  type BookingName,
  bookerOf,
  bookingNames,
  fixedMarks,
  literal,
  type Mark,
  off,
  people
} from './marks.ts'

/** Those that nobody was signed in for. */
const signedOut: ReadonlySet<BookingName> = new Set(['loose', 'linked'])
export type House = Awaited<ReturnType<typeof open>>
export type World = Awaited<ReturnType<typeof makeWorld>>

/** A practice in which every kind of reader has something to read, and every fact is unmistakable. */
export async function makeWorld(t: Test) {
  const { made: house, routes } = await withRoutes(() => open(t, { limits }))
  const { request, client, clock, signIn, signInPerson, work, mails } = house
  await settleIn(house.deps)
  await client`update practices set hosts = '{localhost}'`
  const staff = await hire(house)
  const over = { staff: await signIn(staff.owner), person: await signInPerson(people.booker.email) }
  clock.move({ days: 1 })
  const revoked = { staff: await signIn(staff.owner), person: await signInPerson(people.booker.email) }
  for (const token of Object.values(revoked)) await request('DELETE', '/api/sessions/current', undefined, token)

  const persons = {
    booker: await signInPerson(people.booker.email),
    member: await signInPerson(people.member.email),
    stranger: await signInPerson(people.stranger.email),
    former: await signInPerson(people.former.email)
  }
  for (const who of ['booker', 'member', 'stranger', 'former'] as const)
    await request('PATCH', '/api/me/preferences', { name: people[who].name }, persons[who])
  const unstepped = await withoutStep(house, await signInPerson(people.booker.email))
  const own: Partial<Record<BookingName, Booked>> = {}
  for (const name of bookingNames)
    own[name] = await makeBooking(
      house,
      name,
      signedOut.has(name) ? undefined : persons[bookerOf(name)],
      persons.member
    )
  const booked = own as Record<BookingName, Booked>
  await work()
  const code = codeIn(mails.findLast(({ subject }) => subject === 'Your code')?.text)
  await house.app.inject({
    method: 'POST',
    url: `/b/${booked.alone.id}/opening-codes`,
    headers: { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' },
    cookies: { [`b-${booked.alone.id}`]: booked.alone.mail }
  })
  await work()
  const opening = codeIn(mails.findLast(({ subject }) => subject === 'Your code')?.text)

  const tokens = {
    owner: await signIn(staff.owner),
    therapist: await signIn(),
    'other therapist': await signIn(staff['other therapist']),
    assistant: await signIn(staff.assistant),
    billing: await signIn(staff.billing)
  }
  const { refreshToken } = (
    await request('POST', '/api/sessions', { email: staff.owner, password: staffPassword })
  ).json()
  const couple = await makeCouple(house, booked.joint.id, persons, tokens.therapist)
  const devices = (await request('GET', '/api/me/devices', undefined, persons.booker)).json()
  const address = (
    await request('POST', '/api/me/address-requests', { email: 'qznew.address@example.com' }, persons.booker)
  ).json()
  await work()
  const asked = (await request('POST', '/api/sign-in-links', { email: people.stranger.email })).json()
  const proof = { code: codeIn(mails.findLast(({ to }) => to === 'qznew.address@example.com')?.text), ...address }
  const partner = await makePartner(house, booked.alone.answer)
  const made = async (path: string, token: string, body?: object) => (await request('POST', path, body, token)).json()
  const feeds = {
    booker: feedIn(await made('/api/me/feeds', booked.alone.answer)),
    therapist: feedIn(await made('/api/therapists/jessica/feeds', tokens.therapist, { style: 'names' }))
  }
  const timeOff = String((await made('/api/therapists/jessica/time-off', tokens.therapist, off)).id)
  const outsideCalendar = String(
    (await made('/api/therapists/jessica/outside-calendars', tokens.therapist, nowhere)).id
  )
  const change = await makeBulkChange(house, booked.alone)
  const proposal = await makeProposal(house, tokens.owner)
  const travel = String((await made('/api/therapists/jessica/travels', tokens.therapist, away)).id)
  const suggested = { start: '2027-02-22T15:00:00Z' }
  await made(`/api/appointments/${booked.moving.appointment}/move`, tokens.therapist, suggested)
  await client`update session_types set public = false where slug like 'qz-%'`
  const call = await makeCall(house)
  const dates = await makeDates(house)
  await work()
  const [attempt] = await client<{ id: string }[]>`
    select a.id from attempts a join dues d on d.id = a.due_id where d.booking_id = ${booked.unpaid.id}`
  const marks: Mark[] = [
    ...fixedMarks,
    ...bookingNames.map(name => ({ fact: `${name}: id`, shows: literal(booked[name].id, booked[name].appointment) })),
    { fact: 'proposal: link', shows: literal(proposal.link) },
    { fact: 'partner: link', shows: literal(partner.link) },
    { fact: 'linked: link', shows: literal(booked.linked.link) },
    ...couple.marks,
    ...call.marks,
    ...dates.marks
  ]
  return {
    house,
    routes,
    staff,
    booked,
    persons,
    unstepped,
    tokens,
    over,
    revoked: { ...revoked, words: partner.left },
    partner,
    feeds,
    refresh: String(refreshToken),
    device: String(devices.items[0]?.id),
    couple,
    call,
    dates,
    proof,
    asked: String(asked.request),
    signInLink: /\/s\/([\w-]{43})/.exec(mails.findLast(({ text }) => text.includes('/s/'))?.text ?? '')?.[1] ?? 'none',
    timeOff,
    outsideCalendar,
    change,
    proposal,
    travel,
    code,
    opening,
    attempt: attempt?.id ?? '',
    marks
  }
}

/** As if a second step were set up and not yet given: what is decided here is what such a sign-in opens. */
async function withoutStep({ client }: House, token: string): Promise<string> {
  const family = readFamilyIn(token)
  const changed = await client`update sessions set stepped_at = null where family = ${family}`
  if (changed.count !== 1) throw new Error('The sign-in is not there')
  return token
}

function feedIn({ id, url }: { id: string; url: string }) {
  return { id, token: /calendars\/(.+)\.ics/.exec(url)?.[1] ?? '' }
}

function codeIn(text = ''): string {
  const [code] = /\b\d{8}\b/.exec(text) ?? []
  if (!code) throw new Error('No code was mailed')
  return code
}
