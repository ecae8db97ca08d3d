import { describe, expect, it } from '@jest/globals'
import { eagerModules } from '../../scripts/eager-modules.ts'

describe('eagerModules', () => {
  it('hints at the modules of a lazily loaded chunk', () => {
    expect(
      eagerModules('export const id=5,modules={12:(e,t)=>{t.a=()=>1},7:async e=>{await e}};')
    ).toBe(
      'export const id=5,modules={12:(function(e,t){t.a=()=>1}),7:(async function(e){await e})};'
    )
  })

  it('hints at those of the main chunk, and at nothing else', () => {
    const rest = 'const f=()=>{g()},o={a:()=>{}};'
    expect(eagerModules(`var m={3:(e,t,n)=>{n(4)}};${rest}`)).toBe(
      `var m={3:(function(e,t,n){n(4)})};${rest}`
    )
  })
})
