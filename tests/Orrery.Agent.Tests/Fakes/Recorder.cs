using Orrery.Agent.Stages;
using Orrery.Contracts.Deployments;

namespace Orrery.Agent.Tests.Fakes;

/// <summary>Keeps events, and tells how many there are after each.</summary>
internal sealed class Recorder(Action<int>? after = null) : IEventReporter
{
    public List<EventPost> Events { get; } = [];

    public IEnumerable<string> Types => Events.Select(post => post.Type!);

    public IEnumerable<string> Keys => Events.Select(post => post.Key!);

    public Task Report(string deploymentId, EventPost post, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Events.Add(post);
        after?.Invoke(Events.Count);
        return Task.CompletedTask;
    }
}
