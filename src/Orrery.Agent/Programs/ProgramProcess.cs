using System.Diagnostics;
using System.Text;
using Orrery.Contracts.Agents;

namespace Orrery.Agent.Programs;

/// <summary>The process of one program: its own user and namespaces when the agent is root, never longer alive than the agent.</summary>
internal sealed class ProgramProcess(ProgramFolder folder, string dataFolder, TimeProvider time)
{
    private const string Script = "program.sh";
    private const long LargestLog = 8_000_000;
    private const int Tail = 500;
    private const int BlockBytes = 512;

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code, null when it was ended for its time; and the end of what it printed.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task<(int? ExitCode, string LastWords)> Run(AgentWork work, CancellationToken ct)
    {
        var program = work.PlanData.Program!;
        Write(Path.Combine(folder.Home, "run.sh"), program.Script);
        Write(Path.Combine(folder.Work, Script), await Text());
        using var process = Start(work, program);
        var words = Pump(process);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(program.TimeoutS), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode, await words);
        }
        catch (OperationCanceledException)
        {
            process.StandardInput.Close(); // as if the agent had gone: everything ends
            await process.WaitForExitAsync(CancellationToken.None);
            ct.ThrowIfCancellationRequested();
            return (null, await words);
        }
    }

    private Process Start(AgentWork work, ProgramWork program)
    {
        var isRoot = Environment.IsPrivilegedProcess;
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(folder.Work, Script), "start", isRoot ? "root" : "plain", folder.Work, Path.GetFullPath(dataFolder)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var (name, value) in program.Env)
            start.Environment[name] = value;
        foreach (var (name, value) in Variables(work, isRoot ? ProgramFolder.PrivateHome : folder.Home))
            start.Environment[name] = value;
        start.Environment["MEMORY_KB"] = $"{program.MemoryBytes / 1024}";
        start.Environment["FILE_BLOCKS"] = $"{program.OutputBytes / BlockBytes}";
        return Process.Start(start)!;
    }

    private static IEnumerable<(string Name, string Value)> Variables(AgentWork work, string home) =>
    [
        ("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        ("HOME", home),
        ("TMPDIR", home),
        ("ORRERY_WORKLOAD_ID", work.PlanData.WorkloadId),
        ("ORRERY_STAGE_INDEX", $"{work.PlanData.StageIndex}"),
        ("ORRERY_STAGE_COUNT", $"{work.PlanData.StageCount}"),
        ("ORRERY_ROLE", work.PlanData.Role),
        ("ORRERY_ROUND", $"{work.PlanData.Round}"),
        ("ORRERY_ATTEMPT", $"{work.PlanData.Attempt}"),
        ("ORRERY_PLACE", work.SatelliteId),
        ("ORRERY_INPUT_DIR", Path.Combine(home, "in")),
        ("ORRERY_OUTPUT_DIR", Path.Combine(home, "out")),
        ("ORRERY_STATE_DIR", Path.Combine(home, "state")),
    ];

    /// <summary>Its output goes to a file that does not grow without end; the last of it is told when it fails.</summary>
    private async Task<string> Pump(Process process)
    {
        await using var log = new FileStream(folder.Log, FileMode.Create, FileAccess.Write);
        using var gate = new SemaphoreSlim(1);
        var last = new StringBuilder();
        await Task.WhenAll(Copy(process.StandardOutput), Copy(process.StandardError));
        return last.ToString().Trim();

        async Task Copy(StreamReader from)
        {
            var buffer = new char[4096];
            while (await from.ReadAsync(buffer) is var read and > 0)
            {
                await gate.WaitAsync();
                try
                {
                    if (log.Length < LargestLog)
                        await log.WriteAsync(Encoding.UTF8.GetBytes(buffer, 0, read));
                    last.Append(buffer, 0, read);
                    if (last.Length > 2 * Tail)
                        last.Remove(0, last.Length - Tail);
                }
                finally
                {
                    gate.Release();
                }
            }
        }
    }

    private static async Task<string> Text()
    {
        await using var resource = typeof(ProgramProcess).Assembly.GetManifestResourceStream(Script)!;
        using var reader = new StreamReader(resource);
        return await reader.ReadToEndAsync();
    }

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text.EndsWith('\n') ? text : text + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }
}
