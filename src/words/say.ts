import { AsyncLocalStorage } from 'node:async_hooks'
import type { Catalogue, Language } from './language.ts'

const spoken = new AsyncLocalStorage<Catalogue>()

/** Runs `work` in a language: every `say` in it, after its awaits too, gives that language's sentence. */
export type Voice = <T>(work: () => T) => T

/**
 * The voice of a language, for work that cannot wait, such as what a process writes as it
 * exits. English needs no catalogue, so a run in English loads none.
 */
export async function voiceOf(language: Language): Promise<Voice> {
  if (language === 'en') return ENGLISH
  const { KO } = await import('./ko/catalogue.ts')
  return (work) => spoken.run(KO, work)
}

export const ENGLISH: Voice = (work) => spoken.exit(work)

/** Runs `work` in a language, which is loaded first. */
export async function speaking<T>(language: Language, work: () => Promise<T>): Promise<T> {
  const voice = await voiceOf(language)
  return voice(work)
}

/** The language in which `say` speaks here. */
export function spokenLanguage(): Language {
  return spoken.getStore() === undefined ? 'en' : 'ko'
}

/**
 * A sentence that a person reads, in the language of the run (`speaking`). The code has it in
 * English; the catalogue has it under the English text. What the catalogue lacks is said in
 * English, which a test finds (__tests__/words/catalogue.test.ts).
 */
export function say(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const english = parts.reduce((text, part, place) => `${text}{${place - 1}}${part}`)
  const sentence = spoken.getStore()?.[english] ?? english
  return sentence.replace(/\{(\d+)\}/g, (_, place: string) => String(values[Number(place)]))
}
