using Orrery.Contracts.Deployments;

namespace Orrery.Agent.Stages;

/// <summary>Takes the events of a stage. When <see cref="Report"/> returns, the event is durable and will not be lost.</summary>
public interface IEventReporter
{
    Task Report(string deploymentId, EventPost post, CancellationToken ct);
}
