using Orrery.Agent.Stages;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Deployments;

namespace Orrery.Agent.Journal;

/// <summary>What the entries of a journal add up to.</summary>
internal sealed class JournalState
{
    public const int Version = 1;

    private readonly HashSet<string> recorded = [];
    private readonly LinkedList<(string Deployment, EventPost Post)> pending = [];
    private AgentWork? work;
    private DateTimeOffset since;

    public int PendingCount => pending.Count;

    public CurrentWork? Current => work is null ? null : new(work, since, RunPosition.After(recorded));

    /// <summary>True when the stage at hand has an event with this key.</summary>
    public bool HasRecorded(string deploymentId, string key) =>
        work?.DeploymentId == deploymentId
            ? recorded.Contains(key)
            : pending.Any(item => item.Deployment == deploymentId && item.Post.Key == key);

    /// <summary>The oldest events that wait, all of one deployment.</summary>
    public PendingEvents? Oldest(int limit) => pending.First is { } first
        ? new(
            first.Value.Deployment,
            [.. pending.TakeWhile(item => item.Deployment == first.Value.Deployment).Take(limit).Select(item => item.Post)])
        : null;

    /// <summary>Takes an entry; answers what is wrong with it, or null.</summary>
    public string? Apply(JournalEntry entry)
    {
        switch (entry)
        {
            case { Kind: "journal", Version: Version }:
                return null;
            case { Kind: "journal" }:
                return $"version {entry.Version} of the format is not known here";
            case { Kind: "work", Work: { } taken, Since: { } from }:
                (work, since) = (taken, from);
                recorded.Clear();
                return null;
            case { Kind: "event", Deployment: { } deployment, Event: { Key: { } key } post }:
                pending.AddLast((deployment, post));
                Remember(deployment, key);
                return null;
            case { Kind: "done", Deployment: { } deployment, Keys: { } keys }:
                Done(deployment, keys);
                return null;
            case { Kind: "end", Deployment: { } deployment }:
                if (work?.DeploymentId == deployment)
                    work = null;
                return null;
            default:
                return $"an entry of kind '{entry.Kind}' without its members";
        }
    }

    /// <summary>The fewest entries that add up to the same.</summary>
    public IReadOnlyList<JournalEntry> Entries()
    {
        List<JournalEntry> entries = [new() { Kind = "journal", Version = Version }];
        if (work is not null)
        {
            var waiting = pending.Where(item => item.Deployment == work.DeploymentId).Select(item => item.Post.Key!).ToHashSet();
            entries.Add(new() { Kind = "work", Work = work, Since = since });
            entries.Add(new() { Kind = "done", Deployment = work.DeploymentId, Keys = [.. recorded.Where(key => !waiting.Contains(key))] });
        }

        entries.AddRange(pending.Select(item => new JournalEntry { Kind = "event", Deployment = item.Deployment, Event = item.Post }));
        return entries;
    }

    private void Done(string deployment, IReadOnlyList<string> keys)
    {
        var done = keys.ToHashSet(StringComparer.Ordinal);
        for (var node = pending.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Deployment == deployment && done.Contains(node.Value.Post.Key!))
                pending.Remove(node);
            node = next;
        }

        foreach (var key in keys)
            Remember(deployment, key);
    }

    private void Remember(string deployment, string key)
    {
        if (work?.DeploymentId == deployment)
            recorded.Add(key);
    }
}

/// <summary>Events of one deployment that wait to be sent, oldest first.</summary>
internal sealed record PendingEvents(string DeploymentId, IReadOnlyList<EventPost> Posts);
