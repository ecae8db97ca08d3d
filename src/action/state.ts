import { readFollowed, type Followed } from '../release/followed.ts'
import { ON_INTERRUPT, type OnInterrupt } from '../release/settings.ts'
import { LANGUAGES, type Language } from '../words/language.ts'
import { say } from '../words/say.ts'

/** The part of `@actions/core` that carries state from the main to the post phase. */
export type StateCore = Pick<typeof import('@actions/core'), 'getState' | 'saveState'>

/**
 * What the post phase needs in order to act on a deployment that the main phase has left
 * behind. It must contain no secret, because GitHub stores it in the clear.
 */
export interface DeploymentState {
  readonly followed: Followed
  readonly onCancel: OnInterrupt
  readonly roleToAssume: string | undefined
  readonly roleSessionName: string
}

/** GitHub's deployment that has not been ended yet. */
export interface GitHubDeploymentState {
  readonly id: number
  readonly environmentUrl: string | undefined
}

/** A one-off task that the main phase has not seen end. */
export interface OneOffTaskState {
  readonly taskArn: string
  readonly cluster: string
  readonly region: string | undefined
  readonly onCancel: OnInterrupt
  readonly roleToAssume: string | undefined
  readonly roleSessionName: string
}

export interface PostState {
  /** Undefined if none was created. */
  readonly deployment: DeploymentState | undefined
  /** Undefined if none was started, or if nothing is left to do about it. */
  readonly oneOffTask: OneOffTaskState | undefined
  /** Undefined if none was created, or if it has been ended. */
  readonly github: GitHubDeploymentState | undefined
  /** The main phase has finished its work, so there is nothing to clean up. */
  readonly settled: boolean
}

const ENTERED = 'isPost'
const DEPLOYMENT = 'deployment'
const GITHUB = 'githubDeployment'
const ONE_OFF_TASK = 'oneOffTask'
const LANGUAGE = 'language'
const SETTLED = 'settled'
const TRUE = 'true'

/** Whether this process is the post phase. Main and post phase run the same file. */
export function isPost(core: StateCore): boolean {
  return core.getState(ENTERED) === TRUE
}

/** The main phase calls this first. */
export function enterMain(core: StateCore): void {
  core.saveState(ENTERED, TRUE)
}

/**
 * Written as soon as the deployment exists, and in one piece, because the process may be
 * killed at any time.
 */
export function saveDeployment(core: StateCore, deployment: DeploymentState): void {
  core.saveState(DEPLOYMENT, JSON.stringify(deployment))
}

/** Written as soon as the task exists. */
export function saveOneOffTask(core: StateCore, task: OneOffTaskState): void {
  core.saveState(ONE_OFF_TASK, JSON.stringify(task))
}

/** Called once the task has ended or is to be left alone. */
export function forgetOneOffTask(core: StateCore): void {
  core.saveState(ONE_OFF_TASK, '')
}

/**
 * Written as soon as GitHub has created it. The token is not kept, because the post phase
 * gets the inputs too.
 */
export function saveGitHubDeployment(core: StateCore, github: GitHubDeploymentState): void {
  core.saveState(GITHUB, JSON.stringify(github))
}

/** Called once GitHub's deployment has been ended, so that the post phase does not end it again. */
export function forgetGitHubDeployment(core: StateCore): void {
  core.saveState(GITHUB, '')
}

/** Written as soon as the language is known, which the gate's policy may say. */
export function saveLanguage(core: StateCore, language: Language): void {
  core.saveState(LANGUAGE, language)
}

/** The language that the main phase has spoken; undefined if it has not known it. */
export function languageIn(core: StateCore): Language | undefined {
  const saved = core.getState(LANGUAGE)
  return LANGUAGES.find((language) => language === saved)
}

/** The main phase calls this last. */
export function settle(core: StateCore): void {
  core.saveState(SETTLED, TRUE)
}

/** @throws StateError if the main phase's state cannot be read */
export function readPostState(core: StateCore): PostState {
  const text = core.getState(DEPLOYMENT)
  const task = core.getState(ONE_OFF_TASK)
  const github = core.getState(GITHUB)
  return {
    deployment: text === '' ? undefined : parseDeployment(text),
    oneOffTask: task === '' ? undefined : parseOneOffTask(task),
    github: github === '' ? undefined : parseGitHubDeployment(github),
    settled: core.getState(SETTLED) === TRUE
  }
}

export class StateError extends Error {
  override readonly name = 'StateError'
}

function parseDeployment(text: string): DeploymentState {
  const fields = fieldsOf(text)
  type Text = 'onCancel' | 'roleToAssume' | 'roleSessionName'
  const optional = (name: Text): string | undefined => {
    const value = fields.get(name)
    if (value === undefined || (typeof value === 'string' && value !== '')) return value
    throw new StateError(say`the state of the main phase has no usable ${name}`)
  }
  const required = (name: Text): string => {
    const value = optional(name)
    if (value === undefined) throw new StateError(say`the state of the main phase lacks ${name}`)
    return value
  }
  const onCancel = ON_INTERRUPT.find((policy) => policy === required('onCancel'))
  if (onCancel === undefined) {
    throw new StateError(say`the state of the main phase has an unknown onCancel`)
  }
  const followed = readFollowed(fields.get('followed'))
  if (followed === undefined) {
    throw new StateError(say`the state of the main phase does not say which deployment it is about`)
  }
  return {
    followed,
    onCancel,
    roleToAssume: optional('roleToAssume'),
    roleSessionName: required('roleSessionName')
  }
}

function parseOneOffTask(text: string): OneOffTaskState {
  const fields = fieldsOf(text)
  const optional = (name: keyof OneOffTaskState): string | undefined => {
    const value = fields.get(name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const required = (name: keyof OneOffTaskState): string => {
    const value = optional(name)
    if (value !== undefined) return value
    throw new StateError(say`the state of the main phase has no usable ${name} of a one-off task`)
  }
  const onCancel = ON_INTERRUPT.find((policy) => policy === required('onCancel'))
  if (onCancel === undefined) {
    throw new StateError(say`the state of the main phase has an unknown onCancel`)
  }
  return {
    taskArn: required('taskArn'),
    cluster: required('cluster'),
    region: optional('region'),
    onCancel,
    roleToAssume: optional('roleToAssume'),
    roleSessionName: required('roleSessionName')
  }
}

function parseGitHubDeployment(text: string): GitHubDeploymentState {
  const fields = fieldsOf(text)
  const id = fields.get('id')
  const environmentUrl = fields.get('environmentUrl')
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) {
    throw new StateError(say`the state of the main phase has no usable id of a GitHub deployment`)
  }
  return { id, environmentUrl: typeof environmentUrl === 'string' ? environmentUrl : undefined }
}

function fieldsOf(text: string): ReadonlyMap<string, unknown> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new StateError(say`the state of the main phase is not JSON`, { cause })
  }
  if (typeof parsed !== 'object' || parsed === null) {
    throw new StateError(say`the state of the main phase is not an object`)
  }
  return new Map(Object.entries(parsed))
}
