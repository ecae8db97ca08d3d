/** The smallest document there can be. */
export const SMALLEST = `
version: 1
language: en
slack: { team: T0TEAM, app: A0APP, channel: C0GATE }
approvers: { users: [U0ANN] }
self-approval: allowed
`

/** One with everything in it. */
export const FULL = `
version: 1
language: ko
slack:
  team: T0TEAM
  app: A0APP
  channel: C0GATE
github:
  issuer: https://github.example.com/_services/token
  repositories: [org/shop, org/payments]
  identities:
    Octocat: U0ASK
    hubot[bot]: U0BOT
approvers:
  users: [U0ANN, U0BEN]
  groups: [S0OPS]
quorum: 2
self-approval: forbidden
freeze:
  - name: holidays
    from: 2026-12-24T00:00:00+09:00
    until: 2026-12-27T00:00:00+09:00
  - name: weekend
    days: [fri, sat]
    from: "18:00"
    until: "09:00"
    time-zone: Asia/Seoul
break-glass:
  users: [U0CHO]
  rollback: true
services:
  shop/order-*:
    quorum: 1
  "*/payment":
    approvers: { users: [U0BEN] }
    quorum: 1
    self-approval: allowed
    freeze: []
    break-glass: { users: [] }
watch:
  deployment-groups: ["AppECS-*/DgpECS-*"]
  on-ungated: stop
`
