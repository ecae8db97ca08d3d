import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { KO as CARD } from '../../src/gate/card/words/ko.ts'
import { KO } from '../../src/words/ko/catalogue.ts'

/** All that is said in Korean: the card's words, the catalogue, and the README. */
const SAID = [
  readFileSync('src/gate/card/words/ko.ts', 'utf8'),
  ...Object.values(KO),
  readFileSync('README.ko.md', 'utf8')
].join('\n')

test.each([
  '게이트 오류로 배포를 차단했습니다',
  '배포 승인 대기 중',
  '승인 요청이 종료되었습니다',
  '요청이 처리되지 않았습니다',
  '진행 중인 다른 배포',
  '결정이 전달되기 전에 CodeDeploy 배포가 종료되었습니다',
  '토큰의 서명이 GitHub의 것이 아닙니다',
  '(신원 미확인)',
  '거절 사유',
  '결제가 누락되는 버전',
  '변경하기 전에',
  '사후 변조를 탐지할 수 있는 기록',
  '긴급 승인',
  '배포 동결'
])('a reader of Korean finds the wanted words: %s', (wanted) => {
  expect(SAID).toContain(wanted)
})

test.each([
  ['of a gate that has failed', /닫힌 채 실패/],
  ['of a request that is withdrawn', /더 이상 기다리지 않습니다/],
  ['of another release', /함께 진행 중/],
  ['of who is not proven', /증명되지 않음/],
  ['of a rejection', /거절하는 (사유|이유)/],
  ['of pre-flight', /무언가를 쓰기 전에/],
  ['of the record', /고치면 드러나는/],
  ['of break-glass', /유리 깨기|비상 승인|브레이크 ?글라스/],
  ['of a freeze, which is one of releases', /(?<!배포 )동결/],
  ['of a value whose last sound is not known', /[이가은는을를과와]\([이가은는을를과와]\)|\(으\)로/]
])('no text has the words that were given up: %s', (_, unwanted) => {
  expect(SAID.split('\n').filter((line) => unwanted.test(line))).toEqual([])
})

test('a refused click is not told as a decision that is missing', () => {
  expect(JSON.stringify(CARD.denied)).not.toContain('결정되지 않았습니다')
  expect(CARD.modalLabel.reject).toBe(CARD.labels.reason.REJECTED)
})
