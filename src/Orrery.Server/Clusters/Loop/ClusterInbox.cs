using System.Threading.Channels;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <summary>What a turn of the loop has to look at.</summary>
internal sealed class ClusterInbox
{
    private readonly Lock gate = new();
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Mail mail = new();

    /// <summary>Rows changed in the database, by an endpoint or another replica.</summary>
    public void Touch(string id) => Put(post => post.Touched.Add(id));

    /// <summary>New rows, as they were committed.</summary>
    public void Created(IReadOnlyList<ClusterWorkloadRow> rows) => Put(post => post.Created.AddRange(rows));

    public void Report(BackendReport report) => Put(post => post.Reports.Add(report));

    /// <summary>The backend took over a run, or could not be told (then with the reason).</summary>
    public void Applied(string id, int run, string? problem) => Put(post => post.Applied.Add((id, run, problem)));

    public void WorkspacesChanged() => Put(post => post.Workspaces = true);

    public void Resync() => Put(post => post.Resync = true);

    /// <summary>What a failed turn had taken, before all that has come since: a backend tells a thing once.</summary>
    public void Return(IReadOnlyList<BackendReport> reports) => Put(post => post.Reports.InsertRange(0, reports));

    public Mail Take()
    {
        lock (gate)
        {
            var taken = mail;
            mail = new Mail();
            return taken;
        }
    }

    /// <summary>Returns when something has come since the last wait, or at <paramref name="wake"/>.</summary>
    public async Task Wait(TimeSpan wake, TimeProvider clock, CancellationToken ct)
    {
        try
        {
            await bell.Reader.WaitToReadAsync(ct).AsTask().WaitAsync(wake, clock, ct);
            bell.Reader.TryRead(out _);
        }
        catch (TimeoutException)
        {
            // A timer of some workload is due.
        }
    }

    private void Put(Action<Mail> write)
    {
        lock (gate)
            write(mail);
        bell.Writer.TryWrite(true);
    }
}

internal sealed class Mail
{
    public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

    public List<ClusterWorkloadRow> Created { get; } = [];

    public List<BackendReport> Reports { get; } = [];

    public List<(string Id, int Run, string? Problem)> Applied { get; } = [];

    public bool Workspaces { get; set; }

    public bool Resync { get; set; }
}
