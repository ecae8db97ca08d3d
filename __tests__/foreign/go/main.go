// A client on the AWS SDK for Go: it looks at an account, or deploys to it, and prints what it has seen as JSON.
// Its CloudWatch client speaks smithy-rpc-v2-cbor, which no SDK for another language does by itself.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	cloudwatchtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/aws-sdk-go-v2/service/codedeploy"
	codedeploytypes "github.com/aws/aws-sdk-go-v2/service/codedeploy/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/smithy-go"
)

// request is what the test asks for, in the first argument.
type request struct {
	// Command is "look" or "deploy".
	Command      string
	Cluster      string
	Service      string
	Application  string
	Group        string
	AppSpec      string
	TargetGroup  string
	LoadBalancer string
	Start        time.Time
	End          time.Time
}

func main() {
	var asked request
	if err := json.Unmarshal([]byte(os.Args[1]), &asked); err != nil {
		fail(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Second)
	defer cancel()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		fail(err)
	}
	commands := map[string]func(context.Context, aws.Config, request) (any, error){
		"look": look, "deploy": deploy,
	}
	seen, err := commands[asked.Command](ctx, cfg, asked)
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(seen); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// account is what "look" prints.
type account struct {
	Alarms       map[string]float64
	StateUpdated time.Time
	Timestamps   []time.Time
	Values       []float64
	TaskDef      string
	GroupStyle   string
	Applications []string
	TargetGroups int
	Pages        int
	Refused      map[string]string
}

func look(ctx context.Context, cfg aws.Config, asked request) (any, error) {
	watch := cloudwatch.NewFromConfig(cfg)
	deployer := codedeploy.NewFromConfig(cfg)
	balancers := elasticloadbalancingv2.NewFromConfig(cfg)
	seen := account{Alarms: map[string]float64{}, Refused: map[string]string{}}

	alarm := "5xx"
	if _, err := watch.PutMetricAlarm(ctx, &cloudwatch.PutMetricAlarmInput{
		AlarmName:          &alarm,
		ComparisonOperator: cloudwatchtypes.ComparisonOperatorGreaterThanThreshold,
		EvaluationPeriods:  aws.Int32(1),
		Threshold:          aws.Float64(0.5),
	}); err != nil {
		return nil, err
	}
	alarms, err := watch.DescribeAlarms(ctx, &cloudwatch.DescribeAlarmsInput{AlarmNames: []string{alarm}})
	if err != nil {
		return nil, err
	}
	for _, each := range alarms.MetricAlarms {
		seen.Alarms[*each.AlarmName] = *each.Threshold
		seen.StateUpdated = aws.ToTime(each.StateUpdatedTimestamp)
	}

	data, err := watch.GetMetricData(ctx, &cloudwatch.GetMetricDataInput{
		StartTime: &asked.Start,
		EndTime:   &asked.End,
		MetricDataQueries: []cloudwatchtypes.MetricDataQuery{{
			Id: aws.String("healthy"),
			MetricStat: &cloudwatchtypes.MetricStat{
				Metric: &cloudwatchtypes.Metric{
					Namespace:  aws.String("AWS/ApplicationELB"),
					MetricName: aws.String("HealthyHostCount"),
					Dimensions: []cloudwatchtypes.Dimension{
						{Name: aws.String("TargetGroup"), Value: &asked.TargetGroup},
						{Name: aws.String("LoadBalancer"), Value: &asked.LoadBalancer},
					},
				},
				Period: aws.Int32(60),
				Stat:   aws.String("Minimum"),
			},
		}},
	})
	if err != nil {
		return nil, err
	}
	seen.Timestamps = data.MetricDataResults[0].Timestamps
	seen.Values = data.MetricDataResults[0].Values

	services, err := ecs.NewFromConfig(cfg).DescribeServices(ctx, &ecs.DescribeServicesInput{
		Cluster: &asked.Cluster, Services: []string{asked.Service},
	})
	if err != nil {
		return nil, err
	}
	seen.TaskDef = *services.Services[0].TaskDefinition

	group, err := deployer.GetDeploymentGroup(ctx, &codedeploy.GetDeploymentGroupInput{
		ApplicationName: &asked.Application, DeploymentGroupName: &asked.Group,
	})
	if err != nil {
		return nil, err
	}
	seen.GroupStyle = string(group.DeploymentGroupInfo.DeploymentStyle.DeploymentType)
	for pages := codedeploy.NewListApplicationsPaginator(deployer, &codedeploy.ListApplicationsInput{}); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		seen.Applications = append(seen.Applications, page.Applications...)
	}
	for pages := elasticloadbalancingv2.NewDescribeTargetGroupsPaginator(
		balancers, &elasticloadbalancingv2.DescribeTargetGroupsInput{PageSize: aws.Int32(1)},
	); pages.HasMorePages(); seen.Pages++ {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		seen.TargetGroups += len(page.TargetGroups)
	}

	_, err = watch.SetAlarmState(ctx, &cloudwatch.SetAlarmStateInput{
		AlarmName: aws.String("other"), StateReason: aws.String("test"), StateValue: cloudwatchtypes.StateValueOk,
	})
	var noAlarm *cloudwatchtypes.ResourceNotFound
	seen.Refused["cloudwatch"] = refusal(err, errors.As(err, &noAlarm))
	_, err = deployer.GetDeployment(ctx, &codedeploy.GetDeploymentInput{DeploymentId: aws.String("d-ABCDEFGHI")})
	var noDeployment *codedeploytypes.DeploymentDoesNotExistException
	seen.Refused["codedeploy"] = refusal(err, errors.As(err, &noDeployment))
	_, err = balancers.DescribeTargetGroups(ctx, &elasticloadbalancingv2.DescribeTargetGroupsInput{Names: []string{"none"}})
	seen.Refused["elb"] = refusal(err, err != nil)
	return seen, nil
}

// refusal is the code of an API's error, and says so where it is not of the type that the SDK has for it.
func refusal(err error, typed bool) string {
	var api smithy.APIError
	if !errors.As(err, &api) {
		return fmt.Sprint("no refusal: ", err)
	}
	if !typed {
		return "untyped " + api.ErrorCode()
	}
	return api.ErrorCode()
}

// outcome is what "deploy" prints.
type outcome struct {
	Deployment string
	Waited     string
	Status     string
	Events     []string
}

func deploy(ctx context.Context, cfg aws.Config, asked request) (any, error) {
	deployer := codedeploy.NewFromConfig(cfg)
	created, err := deployer.CreateDeployment(ctx, &codedeploy.CreateDeploymentInput{
		ApplicationName:     &asked.Application,
		DeploymentGroupName: &asked.Group,
		Revision: &codedeploytypes.RevisionLocation{
			RevisionType:   codedeploytypes.RevisionLocationTypeAppSpecContent,
			AppSpecContent: &codedeploytypes.AppSpecContent{Content: &asked.AppSpec},
		},
	})
	if err != nil {
		return nil, err
	}
	input := &codedeploy.GetDeploymentInput{DeploymentId: created.DeploymentId}
	// The clock of the account runs faster than the one that this waits by.
	waiter := codedeploy.NewDeploymentSuccessfulWaiter(deployer, func(options *codedeploy.DeploymentSuccessfulWaiterOptions) {
		options.MinDelay = 50 * time.Millisecond
		options.MaxDelay = 50 * time.Millisecond
	})
	seen := outcome{Deployment: *created.DeploymentId, Waited: "successful"}
	if err := waiter.Wait(ctx, input, 40*time.Second); err != nil {
		seen.Waited = err.Error()
	}
	ended, err := deployer.GetDeployment(ctx, input)
	if err != nil {
		return nil, err
	}
	seen.Status = string(ended.DeploymentInfo.Status)
	targets, err := deployer.ListDeploymentTargets(ctx, &codedeploy.ListDeploymentTargetsInput{DeploymentId: created.DeploymentId})
	if err != nil {
		return nil, err
	}
	target, err := deployer.GetDeploymentTarget(ctx, &codedeploy.GetDeploymentTargetInput{
		DeploymentId: created.DeploymentId, TargetId: &targets.TargetIds[0],
	})
	if err != nil {
		return nil, err
	}
	for _, each := range target.DeploymentTarget.EcsTarget.LifecycleEvents {
		seen.Events = append(seen.Events, *each.LifecycleEventName+" "+string(each.Status))
	}
	return seen, nil
}
