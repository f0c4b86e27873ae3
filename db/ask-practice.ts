import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import { NewPractice } from './make-practice.ts'

/** What is asked, in this order; each is a flag of npm run setup too. */
export const questions: Readonly<Record<keyof NewPractice, string>> = {
  name: 'what clients read on the site',
  'discreet-name': 'what stands in mails, calendars and on the card page',
  statement: 'what stands on the card statement, 5 to 22 letters',
  zone: 'the time zone, such as America/New_York',
  currency: 'the currency, such as USD',
  host: 'the host of the site, such as book.example.com',
  'links-host': 'a second, discreet host for personal links (may be left out)',
  address: 'where the office is',
  description: 'one or two sentences for the home page',
  emergency: 'whom to call in danger, shown on every page',
  secrets:
    'what one of two tells the therapist alone: none (nothing is kept from the other), limited (the therapist decides ' +
    'with you), or kept (stays with the therapist)',
  conversion:
    'when one of two was seen alone and both want to begin: refer_out (to another therapist), equal_time (the other has ' +
    'as much time alone first), or therapist_decides (with each of the two)',
  'reply-within': 'how soon the practice replies',
  'owner-name': 'the name of the owner, who is the first therapist',
  'owner-email': 'the owner’s mail address, to sign in with',
  types: 'defaults (the seven kinds of session) or none'
}

const order = Object.keys(questions) as (keyof NewPractice)[]

/** The faults of what was given, each with its flag. */
export function faultsOf(given: Readonly<Record<string, unknown>>): string[] {
  const { error } = NewPractice.safeParse(given)
  return error?.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`) ?? []
}

/**
 * Asks for what was not given or is not right, one question a line, until each answer is right. Enter takes what stands in
 * brackets, or leaves out what may be left out.
 * @throws Error where the answers end before the questions
 */
export async function askPractice(
  given: Readonly<Record<string, unknown>>,
  input: Readable,
  output: Writable & { isTTY?: boolean }
): Promise<NewPractice> {
  const terminal = createInterface({ input, output, terminal: output.isTTY === true })
  // Lines wait here for their question: whoever pastes several at once loses none.
  const lines = terminal[Symbol.asyncIterator]()
  let ended = false
  terminal.once('close', () => {
    ended = true
  })
  try {
    const answers: Record<string, unknown> = {}
    for (const name of order) answers[name] = await rightAnswer(name, given[name])
    return NewPractice.parse(answers)
  } finally {
    terminal.close()
  }

  async function rightAnswer(name: keyof NewPractice, first: unknown): Promise<unknown> {
    const wanted = NewPractice.shape[name]
    const otherwise = wanted.safeParse(undefined)
    const usual = typeof otherwise.data === 'string' ? ` [${otherwise.data}]` : ''
    for (let answer = first; ; answer = await nextLine(`${questions[name]}${usual}: `)) {
      const read = wanted.safeParse(answer)
      if (read.success && answer !== undefined) return read.data
      if (answer === '' && otherwise.success) return otherwise.data
      if (answer !== undefined) output.write(`  ${read.error?.issues.map(({ message }) => message).join('; ')}\n`)
    }
  }

  async function nextLine(question: string): Promise<string> {
    terminal.setPrompt(question)
    if (ended) output.write(question)
    else terminal.prompt()
    const { value, done } = await lines.next()
    if (done) throw new Error('\nNot everything was answered: nothing was made')
    return value.trim()
  }
}
