namespace Orrery.Scheduling;

/// <summary>Says why jobs wait. What costs more than a few lookups is kept for one state of the cluster.</summary>
internal sealed class Explainer(ClusterState state)
{
    private const int MostAhead = 10;

    private readonly Attempt attempt = new(state);
    private long forecastVersion = -1;
    private int forecasts;

    public Explanation Explain(string id, DateTimeOffset now)
    {
        if (!state.Jobs.TryGetValue(id, out var job))
            return new(ReasonCodes.Unknown, $"there is no job {id}", 0, [], null);
        if (job.Place == JobPlace.Running)
            return new(ReasonCodes.Running, $"runs on {string.Join(", ", job.NodeNames().Distinct())}", 0, [], null);
        if (job.Place == JobPlace.Outside)
            return Outside(job, now);
        var order = job.Workspace.Queue.Rank(job);
        var ahead = job.Workspace.Queue.Ahead(job, MostAhead);
        var (code, message) = Reason(job, ahead);
        var starts = code is ReasonCodes.Resources or ReasonCodes.Quota or ReasonCodes.Order;
        return new(code, message, order, ahead, starts ? ExpectedStart(job, now) : null);
    }

    private static Explanation Outside(JobState job, DateTimeOffset now)
    {
        if (job.FailedBy is { } failed)
            return new(ReasonCodes.Dependencies, $"can never start: {failed} did not succeed", 0, [], null);
        if (job.Job.NotBefore is { } notBefore && !job.Due && notBefore > now)
        {
            return job.Requeued
                ? new(ReasonCodes.Backoff, $"waits until {Quantity.Instant(notBefore)} before it runs again", 0, [], notBefore)
                : new(ReasonCodes.Schedule, $"is to start at {Quantity.Instant(notBefore)}", 0, [], notBefore);
        }
        return job.Unmet is { } unmet
            ? new(ReasonCodes.Dependencies, $"waits for {string.Join(", ", unmet.Order(StringComparer.Ordinal))} to succeed", 0, [], null)
            : new(ReasonCodes.Order, "its time has come: it is looked at next", 0, [], null);
    }

    private (string Code, string Message) Reason(JobState job, string[] ahead)
    {
        var (workspace, shape) = (job.Workspace, job.Shape);
        if (workspace.Spec is null)
            return (ReasonCodes.Cluster, $"there is no workspace {workspace.Id}");
        if (NodeTrouble(shape) is { } trouble)
            return trouble;
        if (attempt.Never(job))
            return (ReasonCodes.Cluster, NeverText(job));
        if (!workspace.HasQuota(shape.Total) || !workspace.LeavesNeeds(shape.Total))
            return (ReasonCodes.Quota, QuotaText.Of(workspace, shape.Total));
        var report = ShapeReport.Of(shape, state);
        if (report.Fitting < shape.Replicas)
            return (ReasonCodes.Resources, ResourcesText(shape, report));
        if (ahead.Length > 0)
            return (ReasonCodes.Order, $"would fit, but must not delay {ahead[0]}, which comes first");
        return workspace.Victims.Count > 0
            ? (ReasonCodes.Order, $"waits until {string.Join(", ", workspace.Victims.Select(victim => victim.Id).Order(StringComparer.Ordinal))} have made room")
            : (ReasonCodes.Order, "would fit, but must not delay the first of another workspace");
    }

    /// <summary>No node, or not those specified, can be used whatever is free.</summary>
    private (string Code, string Message)? NodeTrouble(Shape shape)
    {
        foreach (var name in shape.Specified)
        {
            var spec = state.Nodes.Find(name)?.Spec;
            if (spec is null)
                return (ReasonCodes.Nodes, $"node {name} is not there");
            if (!spec.Schedulable)
                return (ReasonCodes.Nodes, $"node {name} takes no jobs");
            if (!shape.Selector.HasLabels(spec))
                return (ReasonCodes.Nodes, $"node {name} does not have the labels {LabelText(shape)}");
            if (!shape.Selector.Admits(spec))
                return (ReasonCodes.Nodes, $"node {name} is tainted: {string.Join(", ", spec.Taints)}");
        }
        var report = ShapeReport.Of(shape, state);
        if (report.Labelled == 0 && shape.Selector.Labels.Count > 0)
            return (ReasonCodes.Labels, $"no node that takes jobs has the labels {LabelText(shape)}");
        if (report.Admitted > 0)
            return null;
        return (ReasonCodes.Nodes, report.Labelled == 0 ? "no node takes jobs" : $"all {report.Labelled} nodes that it could use are tainted");
    }

    private string NeverText(JobState job)
    {
        var (workspace, shape) = (job.Workspace, job.Shape);
        if (!shape.Total.FitsIn(workspace.Limit))
            return $"can never start: needs {Quantity.Asked(shape.Total)} in all; {QuotaText.Of(workspace, shape.Total)}";
        if (workspace.Group is { } group && !shape.Total.FitsIn(group.Total))
            return $"can never start: needs {Quantity.Asked(shape.Total)} in all, more than the quotas of group {group.Name} together";
        var report = ShapeReport.Of(shape, state);
        return $"can never start: needs {Quantity.Gang(shape)}; with nothing else running the nodes hold {report.FittingEmpty} of {shape.Replicas}";
    }

    private static string ResourcesText(Shape shape, ShapeReport report)
    {
        var best = report.Best!;
        var fitting = shape.Replicas > 1 ? $"; room for {report.Fitting} of {shape.Replicas}" : "";
        return $"needs {Quantity.Gang(shape)}; node {best.Name} has {Quantity.Like(best.Free, shape.Request)} free{fitting}";
    }

    private static string LabelText(Shape shape) =>
        string.Join(", ", shape.Selector.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));

    /// <summary>Not before the first of its queue can start.</summary>
    private DateTimeOffset? ExpectedStart(JobState job, DateTimeOffset now)
    {
        var first = job.Workspace.Queue.First!;
        if (Forecast(first.Lane!, now) is not { } start || ReferenceEquals(first, job))
            return ReferenceEquals(first, job) ? Forecast(first.Lane!, now) : null;
        return Forecast(job.Lane!, now) is { } own && own > start ? own : start;
    }

    private DateTimeOffset? Forecast(Lane lane, DateTimeOffset now)
    {
        if (lane.ForecastVersion == state.Version)
            return lane.Forecast is { } kept && kept < now ? now : lane.Forecast;
        if (forecastVersion != state.Version)
            (forecastVersion, forecasts) = (state.Version, 0);
        if (forecasts++ >= state.Options.Forecasts)
            return null;
        (lane.Forecast, lane.ForecastVersion) = (state.EarliestStart(lane.Jobs.First!, now), state.Version);
        return lane.Forecast;
    }
}
