using System.Diagnostics;

namespace Orrery.Agent.Programs;

/// <summary>Short programs of the system, for what .NET cannot do with files.</summary>
internal static class SystemProgram
{
    public static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
