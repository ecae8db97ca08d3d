import { cbor } from '@smithy/core/cbor'
import { expect, it } from '@jest/globals'
import type { HttpRequest } from '../../../emulator/http/protocol.ts'
import { unknownService } from '../../../emulator/http/unknown-service.ts'

function request(
  service: string,
  rest: Partial<Omit<HttpRequest, 'body'>> & { readonly body?: string }
): HttpRequest {
  return {
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    ...rest,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu-central-1/${service}/aws4_request, SignedHeaders=host, Signature=00`,
      ...rest.headers
    },
    body: Buffer.from(rest.body ?? '')
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }

it.each<[string, HttpRequest, string, string]>([
  [
    'AWS JSON',
    request('sqs', {
      headers: {
        'x-amz-target': 'AmazonSQS.SendMessage',
        'content-type': 'application/x-amz-json-1.0'
      }
    }),
    'application/x-amz-json-1.0',
    '{"__type":"NotImplementedException","message":"The emulator does not have the service of this request: AmazonSQS.SendMessage."}'
  ],
  [
    'AWS Query',
    request('sns', { headers: FORM, body: 'Action=Publish&Version=2010-03-31' }),
    'text/xml',
    '<ErrorResponse xmlns="https://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Receiver</Type><Code>NotImplemented</Code><Message>The emulator does not have the service of this request: sns 2010-03-31, Publish.</Message></Error><RequestId>id</RequestId></ErrorResponse>'
  ],
  [
    'EC2 Query',
    request('ec2', { headers: FORM, body: 'Action=DescribeVpcs&Version=2016-11-15' }),
    'text/xml',
    '<Response><Errors><Error><Code>NotImplemented</Code><Message>The emulator does not have the service of this request: ec2 2016-11-15, DescribeVpcs.</Message></Error></Errors><RequestID>id</RequestID></Response>'
  ],
  [
    'REST-XML',
    request('s3', { method: 'GET', path: '/bucket/key' }),
    'application/xml',
    '<Error><Code>NotImplemented</Code><Message>The emulator does not have the service of this request: s3, GET /bucket/key.</Message><RequestId>id</RequestId></Error>'
  ],
  [
    'REST-JSON',
    request('eks', { method: 'GET', path: '/clusters' }),
    'application/json',
    '{"Type":"Service","message":"The emulator does not have the service of this request: eks, GET /clusters."}'
  ]
])('a request in %s for a service that is not here is answered in it', (_, asked, type, body) => {
  const answer = unknownService(asked, 'id')
  expect(answer.status).toBe(501)
  expect(answer.headers['content-type']).toBe(type)
  expect(answer.body).toBe(body)
})

it('a request in CBOR is answered in CBOR', () => {
  const asked = request('logs', {
    path: '/service/Logs/operation/PutLogEvents',
    headers: { 'smithy-protocol': 'rpc-v2-cbor' }
  })
  const { status, headers, body } = unknownService(asked, 'id')
  expect(status).toBe(501)
  expect(headers).toMatchObject({ 'smithy-protocol': 'rpc-v2-cbor' })
  expect(cbor.deserialize(Buffer.from(body))).toMatchObject({
    __type: 'NotImplementedException',
    message: expect.stringContaining('Logs.PutLogEvents')
  })
})
