using System.Text.Json;
using Orrery.Node.Hosting;
using Orrery.Node.Posix;
using Orrery.Node.Protocol;

namespace Orrery.Node.Runs;

/// <summary>The states of workloads, a file each, and the memory of removed ones.</summary>
internal sealed class RunStore
{
    private readonly NodeFolder folder;
    private readonly NodeOptions options;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private List<RemovedRun> removed;

    public RunStore(NodeFolder folder, NodeOptions options, TimeProvider clock)
    {
        (this.folder, this.options, this.clock) = (folder, options, clock);
        removed = File.Exists(RemovedFile)
            ? JsonSerializer.Deserialize(File.ReadAllBytes(RemovedFile), NodeJson.Default.ListRemovedRun)!
            : [];
    }

    private string RemovedFile => Path.Combine(folder.Root, "removed.json");

    public IReadOnlyList<RunState> Load() =>
        [.. Directory.EnumerateFiles(folder.Runs, "*.json").Select(f => JsonSerializer.Deserialize(File.ReadAllBytes(f), NodeJson.Default.RunState)!)];

    /// <param name="state">As <see cref="Serialize"/> gave it.</param>
    public void Save(string workloadId, byte[] state) => Files.WriteDurably(folder.RunFile(workloadId), state);

    public static byte[] Serialize(RunState state) => JsonSerializer.SerializeToUtf8Bytes(state, NodeJson.Default.RunState);

    /// <summary>The run is over for good: its state goes, and a late request for it will be ignored.</summary>
    public void Remove(RunState state)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            removed = [.. removed.Where(r => now - r.At < options.RemovedMemory), new(state.Spec.WorkloadId, state.Spec.Run, now)];
            Files.WriteDurably(RemovedFile, JsonSerializer.SerializeToUtf8Bytes(removed, NodeJson.Default.ListRemovedRun));
        }
        Files.DeleteDurably(folder.RunFile(state.Spec.WorkloadId));
    }

    public bool WasRemoved(string workloadId, int run)
    {
        lock (gate)
            return removed.Exists(r => r.WorkloadId == workloadId && r.Run >= run && clock.GetUtcNow() - r.At < options.RemovedMemory);
    }

    /// <summary>The last run that is remembered; 0 when none is.</summary>
    public int LastRemoved(string workloadId)
    {
        lock (gate)
            return removed.Where(r => r.WorkloadId == workloadId).Select(r => r.Run).DefaultIfEmpty(0).Max();
    }
}
