import { say } from '../../words/say.ts'

export function sideInWords(side: 'green' | 'blue'): string {
  return side === 'green' ? say`green` : say`blue`
}
