using Orrery.Agent.Stages;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Deployments;

namespace Orrery.Agent.Journal;

/// <summary>
/// What an agent must not forget: the stage at hand and the events that the server has not acknowledged. Every change is on
/// the disk before it counts, so that a kill at any point loses and repeats nothing.
/// </summary>
internal sealed class AgentJournal : IEventReporter, IDisposable
{
    private const int CompactionLines = 512;

    private readonly Lock gate = new();
    private readonly JournalFile file;
    private readonly JournalState state = new();

    /// <exception cref="JournalException">The file is not a journal.</exception>
    public AgentJournal(string path)
    {
        file = new JournalFile(path);
        try
        {
            Load(path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Sent whenever something was recorded or acknowledged.</summary>
    public Pulse Changed { get; } = new();

    public CurrentWork? Current
    {
        get
        {
            lock (gate)
                return state.Current;
        }
    }

    public bool HasPending
    {
        get
        {
            lock (gate)
                return state.PendingCount > 0;
        }
    }

    public PendingEvents? Oldest(int limit)
    {
        lock (gate)
            return state.Oldest(limit);
    }

    /// <summary>Takes a stage on.</summary>
    public void Begin(AgentWork work, DateTimeOffset since) =>
        Write(new() { Kind = "work", Work = work with { Events = [] }, Since = since });

    /// <inheritdoc/>
    /// <remarks>An event whose key the stage has recorded already is left out.</remarks>
    public Task Report(string deploymentId, EventPost post, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (!state.HasRecorded(deploymentId, post.Key ?? throw new ArgumentException("An event must have a key.", nameof(post))))
                Write(new() { Kind = "event", Deployment = deploymentId, Event = post });
        }

        return Task.CompletedTask;
    }

    /// <summary>The server has these events, or will never take them.</summary>
    public void Done(string deploymentId, IReadOnlyList<string> keys) =>
        Write(new() { Kind = "done", Deployment = deploymentId, Keys = keys });

    /// <summary>The stage is over; its last events may still wait.</summary>
    public void End(string deploymentId) => Write(new() { Kind = "end", Deployment = deploymentId });

    public void Dispose()
    {
        lock (gate)
            file.Dispose();
    }

    private void Load(string path)
    {
        var entries = file.Load();
        if (entries is [{ Kind: not "journal" }, ..])
            throw new JournalException(path, 1, "not a journal of an agent");
        for (var i = 0; i < entries.Count; i++)
        {
            if (state.Apply(entries[i]) is { } problem)
                throw new JournalException(path, i + 1, problem);
        }

        file.Replace(state.Entries());
    }

    private void Write(JournalEntry entry)
    {
        lock (gate)
        {
            file.Append(entry);
            if (state.Apply(entry) is { } problem)
                throw new InvalidOperationException(problem);
            if (file.Lines > CompactionLines + (2 * state.PendingCount))
                file.Replace(state.Entries());
        }

        Changed.Send();
    }
}
