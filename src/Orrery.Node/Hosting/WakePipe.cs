using System.Text;
using Microsoft.Win32.SafeHandles;
using Orrery.Node.Posix;

namespace Orrery.Node.Hosting;

/// <summary>A pipe on which supervisors name their workload when a container has started or ended, so that nobody waits for the next tick.</summary>
/// <remarks>Only a hint: what was said while no node listened is found by looking.</remarks>
internal sealed class WakePipe : IDisposable
{
    private const int PollMilliseconds = 200;
    private const int LongestLine = 256;

    private readonly Action<string> wake;
    private readonly SafeFileHandle pipe;
    private readonly Thread thread;
    private readonly StringBuilder rest = new();
    private volatile bool isStopping;

    /// <param name="folder">Whose pipe.</param>
    /// <param name="wake">Told the id of each workload.</param>
    /// <exception cref="IOException">The pipe cannot be made.</exception>
    public WakePipe(NodeFolder folder, Action<string> wake)
    {
        this.wake = wake;
        _ = Native.MakeFifo(folder.Wake, 0x180); // or it is there
        pipe = Files.Open(folder.Wake, Native.ReadWrite | Native.NonBlocking);
        thread = new Thread(Run) { IsBackground = true, Name = "wakes" };
        thread.Start();
    }

    public void Dispose()
    {
        isStopping = true;
        thread.Join();
        pipe.Dispose();
    }

    private void Run()
    {
        var buffer = new byte[4096];
        while (!isStopping)
        {
            PollEntry[] entries = [new() { File = (int)pipe.DangerousGetHandle(), Wanted = PollEntry.Readable }];
            _ = Native.Poll(entries, 1, PollMilliseconds);
            var read = (entries[0].Got & PollEntry.Readable) == 0 ? 0 : Native.Read(pipe, buffer, (nuint)buffer.Length);
            if (read > 0)
                Take(Encoding.ASCII.GetString(buffer, 0, (int)read));
        }
    }

    private void Take(string text)
    {
        var lines = rest.Append(text).ToString().Split('\n');
        rest.Clear();
        if (lines[^1].Length <= LongestLine)
            rest.Append(lines[^1]); // what is longer is nobody's id
        foreach (var workload in lines[..^1].Distinct(StringComparer.Ordinal))
            wake(workload);
    }
}
