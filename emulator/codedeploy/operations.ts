import { only, operations, using } from '../operation.ts'
import {
  batchGetApplications,
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

const APPLICATION = { applicationName: true } as const
const GROUP = { ...APPLICATION, deploymentGroupName: true } as const
const CONFIG = { deploymentConfigName: true } as const
const DEPLOYMENT = { deploymentId: true } as const
const PAGE = { nextToken: true } as const

/** Of a group for ECS; what is for EC2 alone is not used. */
const SETTINGS = {
  alarmConfiguration: true,
  autoRollbackConfiguration: true,
  blueGreenDeploymentConfiguration: {
    deploymentReadyOption: true,
    terminateBlueInstancesOnDeploymentSuccess: true
  },
  deploymentConfigName: true,
  deploymentStyle: true,
  ecsServices: true,
  loadBalancerInfo: { targetGroupPairInfoList: true },
  outdatedInstancesStrategy: true,
  serviceRoleArn: true,
  terminationHookEnabled: only(false),
  triggerConfigurations: true
} as const

/** CodeDeploy's API, as far as deployments to ECS need it. */
export const codedeployOperations = operations('codedeploy', {
  CreateApplication: using({ ...APPLICATION, computePlatform: true }, createApplication),
  GetApplication: using(APPLICATION, getApplication),
  BatchGetApplications: using({ applicationNames: true }, batchGetApplications),
  ListApplications: using(PAGE, listApplications),
  DeleteApplication: using(APPLICATION, deleteApplication),
  CreateDeploymentGroup: using({ ...GROUP, ...SETTINGS }, createDeploymentGroup),
  GetDeploymentGroup: using(GROUP, getDeploymentGroup),
  BatchGetDeploymentGroups: using(
    { ...APPLICATION, deploymentGroupNames: true },
    batchGetDeploymentGroups
  ),
  UpdateDeploymentGroup: using(
    { ...APPLICATION, ...SETTINGS, currentDeploymentGroupName: true, newDeploymentGroupName: true },
    updateDeploymentGroup
  ),
  ListDeploymentGroups: using({ ...APPLICATION, ...PAGE }, listDeploymentGroups),
  DeleteDeploymentGroup: using(GROUP, deleteDeploymentGroup),
  CreateDeploymentConfig: using(
    { ...CONFIG, computePlatform: true, minimumHealthyHosts: true, trafficRoutingConfig: true },
    createDeploymentConfig
  ),
  GetDeploymentConfig: using(CONFIG, getDeploymentConfig),
  ListDeploymentConfigs: using(PAGE, listDeploymentConfigs),
  DeleteDeploymentConfig: using(CONFIG, deleteDeploymentConfig),
  GetApplicationRevision: using(
    {
      ...APPLICATION,
      revision: { revisionType: true, appSpecContent: true, s3Location: true }
    },
    getApplicationRevision
  ),
  CreateDeployment: using(
    {
      ...GROUP,
      ...CONFIG,
      autoRollbackConfiguration: true,
      deploymentMode: true,
      description: true,
      fileExistsBehavior: only('DISALLOW'),
      ignoreApplicationStopFailures: only(false),
      overrideAlarmConfiguration: true,
      revision: { revisionType: true, appSpecContent: true, s3Location: true },
      updateOutdatedInstancesOnly: only(false)
    },
    createDeployment
  ),
  GetDeployment: using(DEPLOYMENT, getDeployment),
  BatchGetDeployments: using({ deploymentIds: true }, batchGetDeployments),
  ListDeployments: using(
    { ...GROUP, ...PAGE, createTimeRange: true, externalId: true, includeOnlyStatuses: true },
    listDeployments
  ),
  StopDeployment: using({ ...DEPLOYMENT, autoRollbackEnabled: true }, stopDeployment),
  ContinueDeployment: using({ ...DEPLOYMENT, deploymentWaitType: true }, continueDeployment),
  GetDeploymentTarget: using({ ...DEPLOYMENT, targetId: true }, getDeploymentTarget),
  BatchGetDeploymentTargets: using({ ...DEPLOYMENT, targetIds: true }, batchGetDeploymentTargets),
  ListDeploymentTargets: using(
    { ...DEPLOYMENT, ...PAGE, targetFilters: { TargetStatus: true } },
    listDeploymentTargets
  ),
  PutLifecycleEventHookExecutionStatus: using(
    { ...DEPLOYMENT, lifecycleEventHookExecutionId: true, status: true },
    putLifecycleEventHookExecutionStatus
  )
})
