import type { Operations } from '../world.ts'
import {
  createApplication,
  deleteApplication,
  getApplication,
  listApplications
} from './applications.ts'
import {
  createDeploymentConfig,
  deleteDeploymentConfig,
  getDeploymentConfig,
  listDeploymentConfigs
} from './configs.ts'
import { createDeployment } from './create-deployment.ts'
import { continueDeployment, stopDeployment } from './deployment-control.ts'
import { batchGetDeployments, getDeployment, listDeployments } from './deployments.ts'
import {
  batchGetDeploymentGroups,
  createDeploymentGroup,
  deleteDeploymentGroup,
  getDeploymentGroup,
  listDeploymentGroups,
  updateDeploymentGroup
} from './groups.ts'
import { putLifecycleEventHookExecutionStatus } from './hook-status.ts'
import { getApplicationRevision } from './revisions.ts'
import { batchGetDeploymentTargets, getDeploymentTarget, listDeploymentTargets } from './targets.ts'

/** CodeDeploy's API, as far as deployments to ECS need it. */
export const codedeployOperations = {
  CreateApplication: createApplication,
  GetApplication: getApplication,
  ListApplications: listApplications,
  DeleteApplication: deleteApplication,
  CreateDeploymentGroup: createDeploymentGroup,
  GetDeploymentGroup: getDeploymentGroup,
  BatchGetDeploymentGroups: batchGetDeploymentGroups,
  UpdateDeploymentGroup: updateDeploymentGroup,
  ListDeploymentGroups: listDeploymentGroups,
  DeleteDeploymentGroup: deleteDeploymentGroup,
  CreateDeploymentConfig: createDeploymentConfig,
  GetDeploymentConfig: getDeploymentConfig,
  ListDeploymentConfigs: listDeploymentConfigs,
  DeleteDeploymentConfig: deleteDeploymentConfig,
  GetApplicationRevision: getApplicationRevision,
  CreateDeployment: createDeployment,
  GetDeployment: getDeployment,
  BatchGetDeployments: batchGetDeployments,
  ListDeployments: listDeployments,
  StopDeployment: stopDeployment,
  ContinueDeployment: continueDeployment,
  GetDeploymentTarget: getDeploymentTarget,
  BatchGetDeploymentTargets: batchGetDeploymentTargets,
  ListDeploymentTargets: listDeploymentTargets,
  PutLifecycleEventHookExecutionStatus: putLifecycleEventHookExecutionStatus
} satisfies Operations
