using System.Diagnostics;
using System.Text;

namespace Orrery.EndToEnd.Fixtures;

/// <summary>The real <c>orrery</c> as a process of its own.</summary>
public sealed class OrreryProcess : IAsyncDisposable
{
    /// <summary>Every test server's; with PostgreSQL one is required.</summary>
    private static readonly string MasterKey = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    private readonly Process process;
    private readonly StringBuilder said = new();

    private OrreryProcess(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "orrery.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOurs))
            start.Environment.Remove(variable);
        start.Environment["ORRERY_MASTER_KEY"] = MasterKey;
        start.Environment["XDG_STATE_HOME"] = Path.Join(Path.GetTempPath(), "orrery-e2e-state"); // not where this user's own server is named
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Everything it wrote so far.</summary>
    public string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    public static OrreryProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Said)> Run(params string[] arguments)
    {
        await using var command = Start(arguments);
        await command.process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (command.ExitCode, command.Said);
    }

    /// <summary>As a power cut would: SIGKILL.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>As an operator would: SIGTERM.</summary>
    public async Task Terminate()
    {
        await Tool.Run("kill", "-TERM", process.Id.ToString());
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
    }

    private static bool IsOurs(string variable) =>
        variable.StartsWith("ORRERY", StringComparison.Ordinal) || variable.StartsWith("ROTASTELLAR", StringComparison.Ordinal) || variable == "RS_API_KEY";

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (said)
            said.AppendLine(line);
    }
}
