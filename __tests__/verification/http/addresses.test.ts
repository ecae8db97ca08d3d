import { describe, expect, test } from '@jest/globals'
import {
  guardedLookup,
  isRefused,
  refuseLiteral
} from '../../../src/verification/http/addresses.ts'

describe('threat: a request is led to where clouds keep credentials', () => {
  test.each([
    '169.254.169.254',
    '169.254.170.2',
    '169.254.0.1',
    '168.63.129.16',
    '100.100.100.200',
    '0.0.0.0',
    '0.1.2.3',
    '224.0.0.1',
    '255.255.255.255',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '::',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    'fd20:ce::254',
    // 6to4, Teredo, local NAT64 and IPv4-translated, whatever address is inside.
    '2002:a9fe:a9fe::1',
    '2002:a00:1::1',
    '2001:0:a9fe:a9fe::1',
    '64:ff9b:1::a9fe:a9fe',
    '64:ff9b:1:fffe::a00:1',
    '::ffff:0:169.254.169.254',
    // IPv4-compatible.
    '::169.254.169.254',
    '::a9fe:a9fe',
    '::a00:1',
    '::10.0.0.1',
    '::2',
    '::ffff'
  ])('%s is refused', (address) => {
    expect(isRefused(address)).toBe(true)
  })

  test.each([
    '10.0.0.1',
    '127.0.0.1',
    '192.168.1.1',
    '8.8.8.8',
    '::1',
    'fd00::1',
    '0:0:0:0:0:0:0:1',
    '64:ff9b::10.0.0.1',
    '2003:a9fe:a9fe::1',
    '2600:1f18::1',
    '::ffff:10.0.0.1'
  ])('%s is not', (address) => {
    expect(isRefused(address)).toBe(false)
  })

  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::169.254.169.254]/',
    'http://[2002:a9fe:a9fe::]/',
    'http://[64:ff9b:1::169.254.169.254]/',
    // What the URL parser makes of other spellings of the same address.
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://0251.0376.0251.0376/',
    'http://169.254.43518/'
  ])('%s is refused before anything is asked', (url) => {
    expect(() => refuseLiteral(new URL(url))).toThrow('where no request may go')
  })

  test('a name is refused by the address it is resolved to', async () => {
    const answer = (host: string, all: boolean): Promise<unknown> =>
      new Promise((resolve) => {
        guardedLookup(host, { all }, (error, address, family) =>
          resolve(error?.message ?? [address, family])
        )
      })
    expect(await answer('127.0.0.1', false)).toEqual(['127.0.0.1', 4])
    expect(await answer('127.0.0.1', true)).toEqual([
      [{ address: '127.0.0.1', family: 4 }],
      undefined
    ])
    for (const all of [true, false]) {
      expect(await answer('169.254.169.254', all)).toBe(
        '169.254.169.254 is at 169.254.169.254, where no request may go'
      )
    }
  })
})
