using System.Diagnostics;
using System.Text;
using Orrery.Contracts.Agents;

namespace Orrery.Agent.Programs;

/// <summary>The process of one program: its own user and namespaces when the agent is root, never longer alive than the agent.</summary>
internal sealed class ProgramProcess(ProgramFolder folder, string dataFolder, bool isolates, TimeProvider time)
{
    private const string Script = "program.sh";
    private const string ProgramPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private const int BlockBytes = 512;
    private const int MostProcesses = 512;
    private static readonly TimeSpan LastWordsTime = TimeSpan.FromSeconds(1);

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code, null when it was ended for its time; and the end of what it printed.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task<(int? ExitCode, string LastWords)> Run(AgentWork work, CancellationToken ct)
    {
        var program = work.PlanData.Program!;
        Write(Path.Combine(folder.Home, "run.sh"), Exports(work) + program.Script);
        Write(Path.Combine(folder.Work, Script), await Text());
        using var process = Start(program);
        using var output = new ProgramOutput(folder.Log);
        var reading = output.Read(process);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(program.TimeoutS), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        int? code = null;
        try
        {
            await process.WaitForExitAsync(either.Token);
            code = process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.StandardInput.Close(); // as if the agent had gone: everything ends
            await process.WaitForExitAsync(CancellationToken.None);
            ct.ThrowIfCancellationRequested();
        }

        await Task.WhenAny(reading, Task.Delay(LastWordsTime, time, ct)); // without namespaces a process that got away may hold the output open
        return (code, output.LastWords);
    }

    private Process Start(ProgramWork program)
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(folder.Work, Script), "start", isolates ? "root" : "plain", folder.Work, Path.GetFullPath(dataFolder)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = ProgramPath;
        start.Environment["MEMORY_KB"] = $"{program.MemoryBytes / 1024}";
        start.Environment["FILE_BLOCKS"] = $"{program.OutputBytes / BlockBytes}";
        start.Environment["PROCESSES"] = $"{MostProcesses}";
        return Process.Start(start)!;
    }

    /// <summary>The program's variables as shell source: they are set only where it runs, not where root prepares it.</summary>
    private string Exports(AgentWork work) => string.Concat(
        work.PlanData.Program!.Env.Select(pair => (pair.Key, pair.Value)).Concat(Variables(work, isolates ? ProgramFolder.PrivateHome : folder.Home))
            .Select(variable => $"export {variable.Item1}='{variable.Item2.Replace("'", "'\\''", StringComparison.Ordinal)}'\n"));

    private static IEnumerable<(string Name, string Value)> Variables(AgentWork work, string home) =>
    [
        ("PATH", ProgramPath),
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

    private static async Task<string> Text()
    {
        await using var resource = typeof(ProgramProcess).Assembly.GetManifestResourceStream(Script)!;
        using var reader = new StreamReader(resource);
        return await reader.ReadToEndAsync();
    }

    /// <summary>It may hold secrets.</summary>
    private static void Write(string path, string text)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        file.Write(Encoding.UTF8.GetBytes(text.EndsWith('\n') ? text : text + "\n"));
    }
}
