import type { Language } from '../../../words/language.ts'
import { EN } from './en.ts'
import { KO } from './ko.ts'
import type { Words } from './words.ts'

export function wordsIn(language: Language): Words {
  return language === 'ko' ? KO : EN
}
