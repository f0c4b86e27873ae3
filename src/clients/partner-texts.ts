import type { concerns } from '../../db/schema/partners.ts'
import type { Practice } from '../identity/practice.ts'

export type Concern = (typeof concerns)[number]

/** In the inviter's own voice; they change it in the page, and nobody keeps what they made of it. */
export const invitationTexts = {
  curiosity: (link: string) =>
    `I have been thinking about us, and I would like to understand better how things are for you. I know talking to somebody may not appeal to you right now. Could you tell me what feels uncomfortable about it? I would like to listen, not to argue.\nThere is also a page you can look at on your own: ${link}\nNothing is booked, and I do not see what you do there. If it is not for you, that is all right to say.`,
  investment: (link: string) =>
    `We put a lot of care into work, home and the people who count on us. I would like the two of us to get some of it as well. Not because something has to be fixed, but because what we have matters to me.\nHere is a page about how that could look: ${link}\nIt is for you alone; I do not see what you read or choose. Take your time. And it is fine to say no.`,
  formats: (link: string) =>
    `An hour every week would feel like one more meeting to me too. I found out that there are other ways: one private day, a few days away, or something short with a clear end. Or just twenty minutes in which you ask whatever you like.\nIf you are curious, have a look: ${link}\nNothing is booked. Whether, when and how is as much your choice as mine.`
} as const satisfies Record<string, (link: string) => string>

export type InvitationText = keyof typeof invitationTexts
export const textNames = ['curiosity', 'investment', 'formats'] as const satisfies readonly InvitationText[]

/** What stays between the therapist and who tells it, in the words of the practice's own choice. */
export const secretsWords = {
  none: 'If the two of you ever work with us as a couple, we keep no secrets between you. What you tell us before then is not brought in without your yes.',
  limited: 'In work with a couple the therapist decides with you what has to be shared, and tells you before.',
  kept: 'What you tell the therapist alone stays with the therapist, also later.'
} as const

/** What becomes of a secret, as the practice chose it. @throws where it has not: nobody is invited before it has */
export function secretsText({ policies }: Practice): string {
  if (!policies.secrets) throw new Error('The practice has not chosen what it keeps secret')
  return secretsWords[policies.secrets]
}

interface Met {
  label: string
  /** What the practice answers to it. */
  answer(practice: Practice): string
}

/** What may feel uncomfortable about it, each met with an answer of the practice's own. */
export const concernWords: Readonly<Record<Concern, Met>> = {
  privacy: {
    label: 'Somebody might find out',
    answer: ({ discreetName, policies }) =>
      `That is a fair worry. Our mails and calendar entries say only “Appointment” and come from ${discreetName}; your card shows “${policies.statement}”. We use no trackers. If you would rather meet nobody, there are private days with only the two of you.`
  },
  control: {
    label: 'I do not want to be steered',
    answer: () =>
      'You decide whether to come, what to talk about and when to stop. Nothing is booked without your own yes. The therapist’s work is to help you both be heard, not to lead your life.'
  },
  no_need: {
    label: 'We are fine',
    answer: () =>
      'You may well be right. Talking does not mean that something is wrong. If you are fine, one conversation will tell you that. And if the two of you see it differently, that alone can be worth an hour.'
  },
  time: {
    label: 'I have no time for this',
    answer: () =>
      'Then the weekly hour is probably not for you. Some people take one day, a retreat, or eight weeks with a fixed end. Every form has its hours and dates written down before you agree.'
  },
  blame: {
    label: 'I would be the one to blame',
    answer: () =>
      'Nobody here looks for who is at fault. Both of you get the same time and the same respect. If you ever feel judged, say so; we would want to know.'
  },
  cost: {
    label: 'It costs a lot',
    answer: () =>
      'You see every price before you agree, and until when you can cancel for how much. The first call is free. If you decide it is not worth it, that is a reasonable decision.'
  },
  stranger: {
    label: 'I do not talk to strangers about this',
    answer: () =>
      'Most people feel that at first. You may say as little as you like. Twenty minutes by phone, without a surname, is enough to find out whether you could.'
  },
  not_free: {
    label: 'I would not feel free to speak openly there',
    answer: ({ policies }) =>
      `Thank you for telling us. This stays with the therapist and is never shared. Meeting together may not be the right thing; you can talk with us alone, at a time and a number that is safe for you. ${policies.emergency}`
  },
  other: { label: 'Something else', answer: () => 'Say it in your own words, or not at all.' }
}
