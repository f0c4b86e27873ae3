import { staffPassword } from '../database.ts'
import { type BookingName, isOfBooking, people } from './marks.ts'
import type { World } from './world.ts'

type Body = object | ((world: World, of: BookingName, reader: string) => object)

/** A start that is free, whatever was booked. */
export const free = '2027-02-23T15:00:00Z'
const person = { name: 'Qznew Person', zone: 'America/New_York' }
const hours = { zone: 'America/New_York', hours: [{ days: ['mon'], from: '09:00', to: '12:00' }], exceptions: [] }

const caller = { name: 'Sam', email: 'qznew@example.com', mailbox: 'own', consent: 'yes', termsVersion: '1' }

/** A calendar at which nobody answers. */
export const nowhere = { kind: 'ics', url: 'http://127.0.0.1:9/qzsecret.ics' }

/** What is sent with each route that takes something, such that whoever may do it has done it. */
export const bodies: Readonly<Record<string, Body>> = {
  'POST /api/session-types/:slug/quote': { start: free },
  'POST /api/sign-in-links': { email: people.stranger.email },
  'POST /api/bookings': (_world, _of, reader) => ({
    sessionType: 'couples',
    start: free,
    person: { ...person, email: addressOfReader(reader) },
    consent: { termsVersion: 1 }
  }),
  'POST /api/session-types/:slug/editions': { day: '2027-09-02', min: 1, max: 2 },
  'PATCH /api/editions/:id': { max: 2 },
  'POST /api/bookings/:id/seat-transfer': world => ({ entry: world.dates.line, by: 'client', reason: 'They asked' }),
  'POST /api/waitlist-entries': (world, _of, reader) => ({
    edition: world.dates.full,
    person: { ...person, email: addressOfReader(reader) }
  }),
  'POST /api/waitlist-entries/:token/acceptance': { together: true, consent: { termsVersion: 1 } },
  'POST /b/dates': world => ({ type: 'retreat', edition: world.dates.full, zone: 'America/New_York' }),
  'POST /w': world => ({ type: 'retreat', edition: world.dates.full, zone: 'America/New_York' }),
  'POST /w/:token': { agreed: 'together', consent: 'yes', termsVersion: '1' },
  'POST /w/new/:sealed': { name: 'Qznew Person', email: 'qznew@example.com', mailbox: 'own' },
  'POST /console/editions': {
    type: 'retreat',
    offering: 'jessica office',
    day: '2027-09-02',
    min: '1',
    max: '2',
    state: 'draft'
  },
  'POST /console/editions/:id': { max: '2' },
  'POST /console/editions/:id/seats/:booking/transfer': world => ({
    entry: world.dates.line,
    by: 'client',
    reason: 'They asked'
  }),
  'PATCH /api/me/preferences': { wording: 'discreet' },
  'POST /api/me/address-requests': { email: 'qznewer@example.com' },
  'POST /api/me/address': world => world.proof,
  'POST /api/me/found-bookings': world => ({ bookings: [world.booked.loose.id] }),
  'POST /api/proposals': {
    sessionType: 'couples',
    person: { ...person, email: 'qznew@example.com' },
    starts: [free],
    hold: true,
    until: '2027-02-20T15:00:00Z'
  },
  'POST /api/proposal-links/:token/answers': { answer: 'decline' },
  'POST /o/:token/acceptance': { answer: 'decline' },
  'POST /console/proposals/new': {
    type: 'couples',
    slot: `${free} jessica office`,
    name: 'Qznew Person',
    email: 'qznew@example.com',
    until: '2027-02-20T10:00'
  },
  'POST /api/therapists/:slug/travels': {
    zone: 'Asia/Tokyo',
    firstDay: '2027-06-01',
    lastDay: '2027-06-02',
    keeps: 'home',
    videoOnly: false
  },
  'POST /console/travels': {
    therapist: 'jessica',
    zone: 'Asia/Tokyo',
    firstDay: '2027-06-01',
    lastDay: '2027-06-02',
    keeps: 'home'
  },
  'POST /console/travels/:travel/removal': { therapist: 'jessica' },
  'POST /console/travels/:travel/changes': { therapist: 'jessica' },
  'POST /api/therapists/:slug/travels/:id/changes': world => ({
    changes: [{ appointment: world.booked.alone.appointment, choice: 'cancel' }]
  }),
  'POST /api/staff/bookings': {
    sessionType: 'couples',
    start: free,
    person: { ...person, email: 'qznew@example.com' },
    payment: 'link'
  },
  'POST /console/new-booking': {
    type: 'couples',
    slot: `${free} jessica office`,
    name: 'Qznew Person',
    email: 'qznew@example.com',
    payment: 'link'
  },
  'POST /api/bookings/:id/confirmation': world => ({ code: world.code }),
  'POST /api/bookings/:id/approval': { approved: true },
  'POST /api/appointments/:id/move': { start: free },
  'POST /api/appointments/:id/move-answer': { accept: true },
  'POST /api/appointments/:id/later': { start: free },
  'POST /api/bookings/:id/pause': { from: free },
  'POST /api/bookings/:id/resumption': { start: free },
  'POST /b/:id/later': (world, of) => ({ appointment: world.booked[of].appointment, start: free }),
  'POST /b/:id/pause': { from: '2027-02-17' },
  'POST /b/:id/resume': { start: free },
  'POST /b/:id/steps/:step': { start: free },
  'POST /b/:id/skip': (world, of) => ({ appointment: world.booked[of].appointment, refund: '0' }),
  'POST /console/bookings/:id/later': (world, of) => ({
    appointment: world.booked[of].appointment,
    start: free,
    go: 'yes'
  }),
  'POST /console/bookings/:id/pause': { from: '2027-02-17' },
  'POST /console/bookings/:id/resume': { start: free, go: 'yes' },
  'POST /console/bookings/:id/skip': (world, of) => ({ appointment: world.booked[of].appointment, by: 'practice' }),
  'POST /b/:id/call-off': (world, of) => ({ appointment: world.booked[of].appointment, fee: '0' }),
  'POST /console/bookings/:id/call-off': (world, of) => ({ appointment: world.booked[of].appointment, by: 'practice' }),
  'POST /console/bookings/:id/steps/:step': { start: free },
  'POST /api/bookings/:id/steps': { step: 1, start: free },
  'POST /api/sessions': { email: 'jessica@example.com', password: staffPassword },
  'POST /api/sessions/refresh': world => ({ refreshToken: world.refresh }),
  'POST /api/partner-invitations': { text: 'formats', replace: true },
  'POST /api/partner-invitations/:token/answers': { kind: 'not_now' },
  'POST /api/returns': world => ({ words: world.partner.words }),
  'PATCH /api/returns/current': { audience: 'inviter' },
  'POST /api/returns/current/messages': { words: 'One thing more' },
  'PUT /api/me/possible-times': { windows: [{ start: '2027-03-02T15:00:00Z', end: '2027-03-02T17:00:00Z' }] },
  'POST /me/possible-times': { from: '2027-03-02T10:00', to: '2027-03-02T12:00' },
  'PUT /api/me/mailbox': { shared: false },
  'PUT /api/me/pin': { pin: '73920164' },
  'POST /api/me/start-together': () => whom,
  'POST /api/me/start-together/answer': world => ({ agree: false, hash: world.couple.hash }),
  'POST /api/beginnings': world => ({ approved: false, yeses: [world.couple.yes] }),
  'POST /api/yeses/:id/therapist': { therapist: 'robin' },
  'PUT /api/clients/:id/confirmation': { confirmation: 'by_hand' },
  'PUT /api/practice/choices': { secrets: 'none', conversion: 'refer_out' },
  'POST /api/partner-links/:token/answers': { answer: 'decline' },
  'POST /api/bookings/:id/acceptance': { answer: 'decline' },
  'POST /api/bookings/:id/fee-decision': { keep: false },
  'POST /api/appointments/:id/attendance': world => ({
    people: [{ person: world.couple.person, attendance: 'attended' }]
  }),
  'POST /a/:token/answers': { answer: 'decline' },
  'POST /a/:token/codes': { name: 'Qznew Person', email: 'qznewer@example.com', mailbox: 'own' },
  'POST /a/:token/acceptance': { name: 'Qznew Person', code: '12345678' },
  'POST /b/:id/acceptance': { answer: 'decline' },
  'POST /sign-in': { email: people.stranger.email },
  'POST /sign-in/:request': { code: '12345678' },
  'POST /sign-in/step': { pin: '73920164' },
  'POST /me/address': { email: 'qznewer@example.com' },
  'POST /me/address/:request': world => ({ code: world.proof.code }),
  'POST /me/found': world => ({ booking: world.booked.loose.id }),
  'POST /me/mailbox': { mailbox: 'own' },
  'POST /me/pin': { pin: '73920164' },
  'POST /me/preferences': {
    name: 'Qzada',
    zone: 'UTC',
    wording: 'discreet',
    calendarChoice: 'file',
    calendarTitle: ''
  },
  'POST /me/start': () => whom,
  'POST /me/start/answer': world => ({ agree: 'no', hash: world.couple.hash }),
  'POST /console/beginnings': world => ({ answer: 'decline', yes: world.couple.yes }),
  'POST /console/bookings/:id/attendance': (world, of) => ({
    appointment: world.booked[of].appointment,
    person: world.couple.person,
    attendance: 'attended'
  }),
  'POST /console/bookings/:id/fee-decision': { keep: 'no' },
  'POST /console/choices': { etag: '*', secrets: 'none', conversion: 'refer_out' },
  'POST /console/clients/:id/confirmation': { confirmation: 'by_hand' },
  'POST /console/clients/:id/safety-flag': { flag: 'raise' },
  'POST /console/second-step/removal': { step: 'totp', password: staffPassword },
  'POST /console/second-step/totp/confirmation': { code: '123456' },
  'POST /console/second-steps/resets': { email: 'billing@example.com', why: 'Lost' },
  'POST /console/sign-in/step': { code: '123456' },
  'POST /api/inbox/:id/replies': { words: 'A reply' },
  'PUT /api/clients/:id/frequency': { oftener: true },
  'POST /api/places': { slug: 'garden', name: 'Garden', room: true },
  'PATCH /api/places/:slug': { link: 'https://video.example.com/other' },
  'POST /api/session-types': {
    slug: 'check-in',
    kind: 'individual',
    public: false,
    name: 'A check-in',
    description: '',
    price: { amount: 0, currency: 'USD' },
    plan: { anchor: 'start', dayExclusive: false, segments: [{ minutes: 30, who: 'first', day: 0 }] },
    policy: { bands: [{ notice: { hours: 0 }, keep: { fixed: 0 } }] },
    rules: {
      before: 0,
      after: 0,
      grid: 30,
      notice: 0,
      horizon: 30,
      approval: false,
      pay: { mode: 'none' },
      reminders: []
    },
    offerings: []
  },
  'PATCH /api/session-types/:slug': { public: true },
  'POST /api/therapists': { slug: 'newcomer', name: 'New', email: 'newest@example.com' },
  'PATCH /api/therapists/:slug': { care: { perWeek: 30 } },
  'POST /console/clients/:id/frequency': { oftener: 'yes' },
  'POST /console/places': { 'place-name': 'Attic', 'place-slug': 'attic' },
  'POST /console/session-types': { like: 'couples', name: 'Another hour', slug: 'another-hour' },
  'POST /console/session-types/:slug': { public: 'yes', offered: ['jessica office', 'jessica video'] },
  'POST /console/session-types/:slug/plan': { do: 'look' },
  'POST /console/therapists': { slug: 'another', name: 'Another', email: 'another@example.com' },
  'POST /console/therapists/:slug': { name: 'Jessica' },
  'PUT /api/therapists/:slug/opening-hours': hours,
  'POST /api/therapists/:slug/outside-calendars': nowhere,
  'POST /api/therapists/:slug/time-off': { start: '2027-04-01T14:00:00Z', end: '2027-04-01T15:00:00Z' },
  'POST /api/therapists/:slug/time-off/:id/changes': world => ({
    changes: [{ appointment: world.booked.alone.appointment, choice: 'cancel' }]
  }),
  'POST /b': { type: 'couples', slot: `${free} jessica office`, zone: 'America/New_York' },
  'POST /b/new/:sealed': (_world, _of, reader) => ({
    name: 'Qznew Person',
    email: addressOfReader(reader),
    mailbox: 'own',
    agreed: 'yes',
    consent: 'yes',
    termsVersion: '1'
  }),
  'POST /b/:id/confirmation': world => ({ code: world.code }),
  'POST /b/:id/opening': world => ({ opening: world.opening }),
  'POST /b/:id/cancellation': { refund: '0' },
  'POST /b/:id/move': { start: free, back: '0' },
  'POST /b/:id/move-answer': (world, of) => ({ appointment: world.booked[of].appointment, answer: 'decline' }),
  'POST /p/:token/answers': { kind: 'not_now' },
  'POST /p': { words: 'A question' },
  'POST /p/call/details': world => world.call.chosen,
  'POST /p/call/booking': world => ({ ...world.call.chosen, ...caller }),
  'POST /p/call/codes': world => world.call.waiting,
  'POST /p/call/confirmation': world => world.call.waiting,
  'POST /contact': { words: 'A question' },
  'POST /api/enquiries': { words: 'A question' },
  'POST /r/address': world => ({
    kind: 'concern',
    returnWords: world.partner.words,
    back: '/p',
    address: 'qznew@example.com'
  }),
  'POST /r/thread/address': { address: 'qznew@example.com' },
  'POST /r/thread/words': { words: 'Other words' },
  'POST /r': world => ({ words: world.partner.words }),
  'POST /r/thread/messages': { words: 'One thing more' },
  'POST /r/thread/audience': { audience: 'inviter' },
  'POST /console/sign-in': { email: 'jessica@example.com', password: staffPassword },
  'POST /console/bookings/:id/approval': { answer: 'accept' },
  'POST /console/bookings/:id/cancellation': { by: 'practice' },
  'POST /console/bookings/:id/move': { start: free, agreed: 'yes' },
  'POST /console/bookings/:id/move-answer': (world, of) => ({
    appointment: world.booked[of].appointment,
    answer: 'decline'
  }),
  'POST /console/inbox/:id/replies': { words: 'A reply' },
  'POST /console/opening-hours': {
    etag: '"0"',
    therapist: 'jessica',
    'rule-0-days': 'mon',
    'rule-0-from': '09:00',
    'rule-0-to': '12:00',
    do: 'save'
  },
  'POST /console/time-off': { therapist: 'jessica', start: '2027-04-01T10:00', end: '2027-04-01T11:00' },
  'POST /console/time-off/:timeOff/removal': { therapist: 'jessica' },
  'POST /console/outside-calendars': { therapist: 'jessica', url: nowhere.url },
  'POST /console/outside-calendars/:calendar/sync': { therapist: 'jessica' },
  'POST /console/outside-calendars/:calendar/removal': { therapist: 'jessica' },
  'POST /console/feeds': { therapist: 'jessica', shows: 'code' },
  'POST /console/feeds/:feed/rotation': { therapist: 'jessica' },
  'POST /console/feeds/:feed/removal': { therapist: 'jessica' }
}

/** Of the two, each says what they belong to; what anybody else names is not theirs. */
const whom = { whom: 'Somebody' }

/** Whoever is signed in books as themselves; another address would be refused. */
function addressOfReader(reader: string): string {
  const signedIn: Readonly<Record<string, { email: string }>> = {
    booker: people.booker,
    'joined member': people.member,
    'former member': people.former,
    'other client': people.stranger
  }
  return (signedIn[reader] ?? { email: 'qznew@example.com' }).email
}

export function bodyOf(route: string, world: World, of: string, reader: string): object | undefined {
  const body = bodies[route]
  return typeof body === 'function' ? body(world, isOfBooking(of) ? of : 'alone', reader) : body
}
