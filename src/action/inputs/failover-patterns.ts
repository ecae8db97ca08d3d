import { say } from '../../words/say.ts'
import { ACCOUNT, PARTITION, REGION, whole, type Form } from './patterns.ts'

/** Load balancers: ELB API reference, CreateLoadBalancer. */
const LOAD_BALANCER = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?'
const LISTENER_ARN = `arn:${PARTITION}:elasticloadbalancing:${REGION}:${ACCOUNT}:listener/(?:app|net)/${LOAD_BALANCER}/[0-9a-f]+/[0-9a-f]+`
const RULE_ARN = `arn:${PARTITION}:elasticloadbalancing:${REGION}:${ACCOUNT}:listener-rule/(?:app|net)/${LOAD_BALANCER}/[0-9a-f]+/[0-9a-f]+/[0-9a-f]+`
const PORT = '[1-9]\\d{0,4}'
/** ELB API reference, SetRulePriorities: 1 to 50000. */
const PRIORITY = '[1-9]\\d{0,4}'

export const LISTENER: Form = {
  pattern: whole(`${LISTENER_ARN}|${LOAD_BALANCER}:${PORT}`),
  get accepts() {
    return say`the ARN of a listener, or the name of a load balancer and a port such as shop:443`
  }
}

export const RULE: Form = {
  pattern: whole(`${RULE_ARN}|${PRIORITY}`),
  get accepts() {
    return say`the ARN of a listener rule, or its priority`
  }
}

/** A listener, or a rule of it. */
export const REHEARSAL: Form = {
  pattern: whole(`${LISTENER_ARN}|${RULE_ARN}|${LOAD_BALANCER}:${PORT}(?:/${PRIORITY})?`),
  get accepts() {
    return say`the ARN of a listener or of a rule, or the name of a load balancer and a port such as shop-dev:443, for a rule with its priority as in shop-dev:443/7`
  }
}

/** The longest name that fits beside the other words of a line of the report. */
export const SIDE_NAME: Form = {
  pattern: whole('[A-Za-z0-9](?:[A-Za-z0-9_]|-(?!(?:service|url)$)){0,31}'),
  get accepts() {
    return say`the name of a side (letters, digits, "-", "_"; up to 32)`
  }
}

/** Target groups: ELB API reference, CreateTargetGroup. */
export const TARGET_GROUP: Form = {
  pattern: whole(
    `${LOAD_BALANCER}|arn:${PARTITION}:elasticloadbalancing:${REGION}:${ACCOUNT}:targetgroup/${LOAD_BALANCER}/[0-9a-f]+`
  ),
  get accepts() {
    return say`the name of a target group (letters, digits, "-"; up to 32) or its ARN`
  }
}

export const ORIGIN: Form = {
  pattern: whole('https?://[^\\s/?#@]+/?'),
  get accepts() {
    return say`an http or https origin such as https://prod1.test.example.com, without a path`
  }
}

/** At most a day. */
export const BAKE: Form = {
  pattern: whole('\\d{1,4}(?:\\s*(?:s|min|h))?'),
  get accepts() {
    return say`a number of minutes, or a duration such as 90 s, 5 min or 1 h`
  }
}
