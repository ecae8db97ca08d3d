import { AsyncLocalStorage } from 'node:async_hooks'
import type { Catalogue, Language } from './language.ts'

const spoken = new AsyncLocalStorage<Catalogue>()

/**
 * Runs `work` in a language: every `say` in it, after its awaits too, gives that language's
 * sentence. English needs no catalogue, so a run in English loads none.
 */
export async function speaking<T>(language: Language, work: () => Promise<T>): Promise<T> {
  if (language === 'en') return spoken.exit(work)
  const { KO } = await import('./ko/catalogue.ts')
  return spoken.run(KO, work)
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
