using System.Globalization;

namespace Orrery.Node.Posix;

/// <summary>A process that cannot be mistaken for a later one with the same number.</summary>
/// <param name="StartTicks">Since boot, from <c>/proc/pid/stat</c>.</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks, string BootId)
{
    public static string CurrentBoot { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    public bool IsThisBoot => BootId == CurrentBoot;

    public bool IsAlive => IsThisBoot && ProcessTable.Find(Pid) is { IsZombie: false } found && found.StartTicks == StartTicks;

    /// <summary>Reads what the shim wrote; null while there is nothing.</summary>
    public static ProcessIdentity? Read(string file)
    {
        var parts = Files.TryRead(file)?.Split(' ', StringSplitOptions.TrimEntries);
        return parts is [var pid, var ticks, var boot]
            ? new(int.Parse(pid, CultureInfo.InvariantCulture), long.Parse(ticks, CultureInfo.InvariantCulture), boot)
            : null;
    }

    public void Kill(int signal = Native.SigKill)
    {
        if (IsAlive)
            _ = Native.Kill(Pid, signal);
    }
}
