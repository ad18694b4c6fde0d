using System.Diagnostics;

namespace Orrery.Node.Posix;

/// <summary>Runs short system programs.</summary>
internal static class Tool
{
    /// <returns>Exit code and what was printed; 127 when there is no such program.</returns>
    public static (int Code, string Output) Run(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        try
        {
            using var process = Process.Start(info)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, process.ExitCode == 0 ? output : output + errors.Result);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (127, e.Message);
        }
    }

    public static bool Succeeds(string program, params string[] arguments) => Run(program, arguments).Code == 0;
}
