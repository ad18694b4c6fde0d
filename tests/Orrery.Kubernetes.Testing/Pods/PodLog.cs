using System.Text;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>What a container wrote, line by line with times.</summary>
internal sealed class PodLog(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly List<(DateTimeOffset Time, string Text)> lines = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Nothing more will come.</summary>
    public bool IsOver { get; private set; }

    /// <param name="text">With its end; the last line may have none.</param>
    public void Add(string text) => Change(() => lines.Add((clock.GetUtcNow(), text)));

    public void End() => Change(() => IsOver = true);

    public (IReadOnlyList<(DateTimeOffset Time, string Text)> Lines, bool IsOver, Task Changed) From(int index)
    {
        lock (gate)
            return (lines[Math.Min(index, lines.Count)..], IsOver, changed.Task);
    }

    /// <summary>Takes in a stream to its end.</summary>
    public async Task Read(Stream stream)
    {
        var buffer = new byte[16 * 1024];
        using var line = new MemoryStream();
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            foreach (var one in buffer.AsMemory(0, read).ToArray())
            {
                line.WriteByte(one);
                if (one == '\n')
                    Take(line);
            }
        }
        if (line.Length > 0)
            Take(line);
    }

    private void Take(MemoryStream line)
    {
        Add(Encoding.UTF8.GetString(line.ToArray()));
        line.SetLength(0);
    }

    private void Change(Action change)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            change();
            signal = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        signal.SetResult();
    }
}
