using System.Globalization;

namespace Orrery.Node.Pods;

/// <summary>What an exit code means.</summary>
public static class PodEnd
{
    public const string Completed = "Completed";
    public const string Error = "Error";
    public const string OutOfMemory = "OOMKilled";
    public const string Hung = "Hung";
    public const string Evicted = "Evicted";
    public const string Unhealthy = "Unhealthy";
    public const string Stopped = "Stopped";
    public const string NodeRestarted = "NodeRestarted";
    public const string StartFailed = "StartFailed";

    /// <summary>Of a process that SIGKILL ended.</summary>
    public const int Killed = 128 + 9;

    private static readonly string[] Signals =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
    ];

    /// <summary>In words: "exited with code 3", "was killed by SIGSEGV".</summary>
    public static string Describe(int code)
    {
        var signal = code - 128;
        if (signal is <= 0 or > 64)
            return string.Create(CultureInfo.InvariantCulture, $"exited with code {code}");
        return signal < Signals.Length ? $"was killed by SIG{Signals[signal]}" : $"was killed by signal {signal}";
    }
}
