/** Words that say what a practice is about: none stands on a card statement, in a mail's head, a calendar or a host. */
const words = /couple|marriage|marital|partner|therap|counsel|relationship|intima|retreat|session|psych|famil/i

/** Whether a text that others may see tells what the practice is about. */
export function tells(text: string): boolean {
  return words.test(text)
}
