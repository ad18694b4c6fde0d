using System.Diagnostics;
using System.Text;

namespace Orrery.Agent.Programs;

/// <summary>What a program prints: into a file that does not grow without end, and the last of it for when it fails.</summary>
internal sealed class ProgramOutput(string path) : IDisposable
{
    private const long LargestLog = 8_000_000;
    private const int Tail = 500;

    private readonly FileStream log = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    private readonly StringBuilder last = new();
    private readonly Lock gate = new();

    public string LastWords
    {
        get
        {
            lock (gate)
                return last.ToString().Trim();
        }
    }

    /// <summary>Until both its outputs are closed.</summary>
    public Task Read(Process process) => Task.WhenAll(Copy(process.StandardOutput), Copy(process.StandardError));

    public void Dispose()
    {
        lock (gate)
            log.Dispose();
    }

    private async Task Copy(StreamReader from)
    {
        var buffer = new char[4096];
        while (await from.ReadAsync(buffer) is var read and > 0)
        {
            lock (gate)
            {
                Keep(Encoding.UTF8.GetBytes(buffer, 0, read));
                last.Append(buffer, 0, read);
                if (last.Length > 2 * Tail)
                    last.Remove(0, last.Length - Tail);
            }
        }
    }

    private void Keep(byte[] text)
    {
        try
        {
            if (log.CanWrite && log.Length < LargestLog)
                log.Write(text);
        }
        catch (IOException)
        {
            // the program has filled the disk: that is its attempt's end, not this agent's
        }
    }
}
