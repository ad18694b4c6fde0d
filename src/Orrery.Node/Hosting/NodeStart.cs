using System.Diagnostics;

namespace Orrery.Node.Hosting;

/// <summary>Starts a node process in its own session, at most one at a time.</summary>
internal sealed class NodeStart(NodeFolder folder, IReadOnlyList<string> settings)
{
    private const int TailLength = 2000;

    private string LogFile => Path.Combine(folder.Root, "node.log");

    /// <summary>A node holds its lock for life; the kernel drops it even on SIGKILL.</summary>
    public bool IsAlive()
    {
        using var probe = NodeLock.TryTake(folder);
        return probe is null;
    }

    /// <returns>False when another process is starting one now, or one lives.</returns>
    public bool TryStart()
    {
        using var starting = NodeLock.TryTake(folder, "start.lock");
        if (starting is null || IsAlive())
            return false;
        var program = Path.Combine(AppContext.BaseDirectory, "orrery.dll");
        var host = Environment.ProcessPath;
        if (host is null || !Path.GetFileName(host).StartsWith("dotnet", StringComparison.Ordinal))
            host = "dotnet";
        var info = new ProcessStartInfo("/bin/sh") { WorkingDirectory = folder.Root };
        string[] command = ["-c", "log=$1; shift; exec setsid --fork \"$@\" </dev/null >>\"$log\" 2>&1", "sh", LogFile, host, program, "node", "--data", folder.Data];
        foreach (var argument in command.Concat(settings.SelectMany(s => (string[])["--set", s])))
            info.ArgumentList.Add(argument);
        using var process = Process.Start(info)!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    public string LogTail()
    {
        var text = Posix.Files.TryRead(LogFile) ?? "";
        return text.Length == 0 ? $"{LogFile} is empty." : text[Math.Max(0, text.Length - TailLength)..];
    }
}
