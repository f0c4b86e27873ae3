import t from 'tap'
import type { Role } from '../../db/schema/identity.ts'
import { type Actor, actorName, allowed, may, mustMay } from '../../src/identity/actor.ts'
import { Problem } from '../../src/kernel/problem.ts'

const staff = (...roles: Role[]): Actor => ({ kind: 'staff', person: 'p', roles, session: 's' })
const token = (purpose: 'booking_answer' | 'booking_mail'): Actor => ({
  kind: 'booking',
  booking: 'b',
  person: 'p',
  purpose
})

const actors: Record<string, Actor> = {
  anonymous: { kind: 'anonymous' },
  answer: token('booking_answer'),
  mail: token('booking_mail'),
  words: { kind: 'return', answer: 'a' },
  person: { kind: 'person', person: 'p', session: 's', stepped: true },
  unstepped: { kind: 'person', person: 'p', session: 's', stepped: false },
  owner: staff('owner'),
  therapist: staff('therapist'),
  assistant: staff('assistant'),
  billing: staff('billing')
}

/** Written by hand, one letter an actor in the order above: may (x) or may not (-). */
const expected: Record<string, string> = {
  'read the catalogue': 'xxxx xx xxxx',
  'read slots': 'xxxx xx xxxx',
  'ask for a quote': 'xxxx xx xxxx',
  book: 'xxxx xx xxxx',
  'return from paying': 'xxxx xx xxxx',
  'sign in': 'xxxx xx xxxx',
  'read one’s own things': '---- x- ----',
  'change one’s own things': '---- x- ----',
  'sign out': '---- xx xxxx',
  'keep one’s own second steps': '---- -- xxxx',
  'pass one’s own second step': '---- xx ----',
  'reset second steps': '---- -- x---',
  'read one booking': '-xx- x- xxxx',
  'act on a booking': '-x-- x- xxx-',
  'open one’s own booking': '-xx- x- ----',
  'act on one’s own booking': '-x-- x- ----',
  'change clients’ bookings': '---- -- xxx-',
  'book for callers': '---- -- xxx-',
  'book outside the rules': '---- -- xx--',
  'propose privately': '---- -- xx--',
  'keep calendars outside': '---- -- xx--',
  'read bookings': '---- -- xxxx',
  'approve bookings': '---- -- xx--',
  'decide on fees': '---- -- xx--',
  'record attendance': '---- -- xxx-',
  'read opening hours': '---- -- xxx-',
  'change opening hours': '---- -- xx--',
  'read time off': '---- -- xxx-',
  'change time off': '---- -- xx--',
  'read therapists and places': '---- -- xxxx',
  'change therapists and places': '---- -- x---',
  'change session types': '---- -- x---',
  'invite a partner': '-x-- x- ----',
  'open a partner’s page': 'xxxx xx xxxx',
  'answer by a link': 'xxxx xx xxxx',
  'come back by words': 'xxxx xx xxxx',
  'read one’s own answer': '---x -- ----',
  'ask the practice': 'xxxx xx xxxx',
  'read the inbox': '---- -- -x--',
  'wait for dates': 'xxxx xx xxxx',
  'open one’s own place in line': 'xxxx xx xxxx',
  'read editions': '---- -- xxxx',
  'change editions': '---- -- xx--',
  'read clients': '---- -- xxx-',
  'choose how bookings are confirmed': '---- -- xx--',
  'raise a safety flag': '---- -- -x--',
  'read a safety flag': '---- -- xx--',
  'begin together': '---- -- -x--',
  'read the practice’s choices': '---- -- xxxx',
  'make the practice’s choices': '---- -- x---',
  'read tasks': '---- -- xxx-',
  'fetch a calendar': 'xxxx xx xxxx',
  'keep one’s own calendars': '-x-- x- ----',
  'keep a therapist’s calendars': '---- -- xx--',
  'use the sandbox': 'xxxx xx xxxx',
  'operate the service': 'xxxx xx xxxx'
}

t.test('each may do what the practice decided, and nothing else', async t => {
  const actions = Object.keys(allowed) as (keyof typeof allowed)[]
  t.strictSame([...actions].sort(), Object.keys(expected).sort(), 'every action is decided here')
  for (const action of actions)
    for (const [at, [name, actor]] of Object.entries(actors).entries())
      t.equal(may(actor, action), expected[action]?.replaceAll(' ', '')[at] === 'x', `${name}: ${action}`)
})

t.test(
  'staff to whom a second step is missing may set one up, sign out, and otherwise what a stranger may',
  async t => {
    const owner: Actor = { kind: 'staff', person: 'p', roles: ['owner', 'therapist'], session: 's', step: 'missing' }
    const actions = Object.keys(allowed) as (keyof typeof allowed)[]
    const more = actions.filter(action => may(owner, action) && !may({ kind: 'anonymous' }, action))
    t.strictSame(more.sort(), ['keep one’s own second steps', 'sign out'])
    t.strictSame(
      actions.filter(action => may({ kind: 'anonymous' }, action) && !may(owner, action)),
      []
    )
    t.throws(() => mustMay(owner, 'read bookings'), { code: 'step-needed', status: 403 })
  }
)

t.test('somebody with several roles may what any of them may', async t => {
  t.ok(may(staff('billing', 'owner'), 'change therapists and places'))
  t.notOk(may(staff('billing', 'assistant'), 'approve bookings'))
})

t.test('a refusal says whether signing in would help', async t => {
  const refusal = (actor: Actor, action: keyof typeof allowed) => {
    try {
      mustMay(actor, action)
    } catch (error) {
      if (error instanceof Problem) return [error.status, error.code]
      throw error
    }
    return undefined
  }
  t.strictSame(refusal({ kind: 'anonymous' }, 'read bookings'), [401, 'sign-in-needed'])
  t.strictSame(refusal(token('booking_answer'), 'read bookings'), [401, 'sign-in-needed'])
  t.strictSame(refusal(token('booking_mail'), 'act on a booking'), [403, 'not-allowed'])
  t.strictSame(refusal(staff('billing'), 'approve bookings'), [403, 'not-allowed'])
  const person = { kind: 'person', person: 'p', session: 's' } as const
  t.strictSame(refusal({ ...person, stepped: true }, 'read bookings'), [403, 'not-allowed'])
  t.strictSame(refusal({ ...person, stepped: false }, 'read one’s own things'), [403, 'step-needed'])
  t.strictSame(refusal({ ...person, stepped: false }, 'read bookings'), [401, 'sign-in-needed'])
  t.equal(refusal(staff('owner'), 'approve bookings'), undefined)
})

t.test('events and the audit name an actor by its kind and id', async t => {
  t.equal(actorName({ kind: 'anonymous' }), 'anonymous')
  t.equal(actorName(token('booking_mail')), 'booking:b')
  t.equal(actorName(staff('owner')), 'staff:p')
  t.equal(actorName({ kind: 'person', person: 'p', session: 's', stepped: false }), 'person:p')
})
