import { cookieNames } from '../../../src/identity/cookies.ts'
import type { BookingName } from './marks.ts'
import type { World } from './world.ts'

/** What a program sends, and what a browser does. */
export interface Credentials {
  /** Asks where real people are served, and a second step must be set up first. */
  real?: true
  bearer?: string
  cookies?: Record<string, string>
}

/** All ways in which a reader can ask for something of this booking: every one of them gets what the cell says. */
type Reader = (world: World, of: BookingName) => Credentials[]

/** Who asks. A reader of the page that is not here, or here and not there, fails the test. */
export const readers: Readonly<Record<string, Reader>> = {
  anonymous: () => [{}],
  'answer token': (world, of) => [holding(world, of, world.booked[of].answer)],
  'mail token': (world, of) => [holding(world, of, world.booked[of].mail)],
  'other token': (world, of) => {
    const { answer } = world.booked[of === 'other' ? 'alone' : 'other']
    // As it is kept by a browser, and forged onto the booking that is asked for.
    return [holding(world, of === 'other' ? 'alone' : 'other', answer), holding(world, of, answer)]
  },
  'return words': world => [returned(world, world.partner.returned)],
  booker: world => [person(world, world.persons.booker)],
  'second step missing': world => [person(world, world.unstepped)],
  partner: () => [{}],
  'joined member': world => [person(world, world.persons.member)],
  'former member': world => [person(world, world.persons.former)],
  'other client': world => [person(world, world.persons.stranger)],
  newcomer: world => [{ ...staff(world, world.tokens.owner), real: true }],
  owner: world => [staff(world, world.tokens.owner)],
  therapist: world => [staff(world, world.tokens.therapist)],
  'other therapist': world => [staff(world, world.tokens['other therapist'])],
  assistant: world => [staff(world, world.tokens.assistant)],
  billing: world => [staff(world, world.tokens.billing)],
  'expired sign-in': (world, of) => [
    staff(world, world.over.staff),
    person(world, world.over.person),
    holding(world, of, world.booked[of].over)
  ],
  'revoked sign-in': world => [
    staff(world, world.revoked.staff),
    person(world, world.revoked.person),
    returned(world, world.revoked.words)
  ]
}

function holding({ booked, house }: World, of: BookingName, token: string): Credentials {
  return { bearer: token, cookies: { [cookieNames(house.deps.settings).booking(booked[of].id)]: token } }
}

/** Under which name the page has each of those whom identity tells apart: `Reader` in identity/actor.ts. */
export const faces: Readonly<Record<string, string>> = {
  anonymous: 'anonymous',
  booking_answer: 'answer token',
  booking_mail: 'mail token',
  return: 'return words',
  person: 'booker',
  unstepped: 'second step missing',
  newcomer: 'newcomer',
  owner: 'owner',
  therapist: 'therapist',
  assistant: 'assistant',
  billing: 'billing'
}

function person({ house }: World, token: string): Credentials {
  return { bearer: token, cookies: { [cookieNames(house.deps.settings).person]: token } }
}

function staff({ house }: World, token: string): Credentials {
  return { bearer: token, cookies: { [cookieNames(house.deps.settings).staff]: token } }
}

function returned({ house }: World, token: string): Credentials {
  return { bearer: token, cookies: { [cookieNames(house.deps.settings).return]: token } }
}
