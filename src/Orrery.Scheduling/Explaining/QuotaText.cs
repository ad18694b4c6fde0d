namespace Orrery.Scheduling;

/// <summary>What keeps a job within its quota from starting, resource by resource.</summary>
internal static class QuotaText
{
    public static string Of(WorkspaceState workspace, in Resources asked)
    {
        var parts = new List<string>();
        var (used, quota, limit) = (workspace.Used, workspace.Quota, workspace.Limit);
        var idle = workspace.Group is { } group ? group.Total - group.Used : default(Resources?);
        if (IsShort(asked.CpuMillis, used.CpuMillis, limit.CpuMillis, idle?.CpuMillis))
            parts.Add(Line("cpu", Quantity.Cpu, asked.CpuMillis, used.CpuMillis, quota.CpuMillis, limit.CpuMillis, idle?.CpuMillis));
        if (IsShort(asked.MemoryBytes, used.MemoryBytes, limit.MemoryBytes, idle?.MemoryBytes))
            parts.Add(Line("memory", Quantity.Bytes, asked.MemoryBytes, used.MemoryBytes, quota.MemoryBytes, limit.MemoryBytes, idle?.MemoryBytes));
        if (IsShort(asked.Gpus, used.Gpus, limit.Gpus, idle?.Gpus))
            parts.Add(Line("gpu", cards => Quantity.Cards((int)cards), asked.Gpus, used.Gpus, quota.Gpus, limit.Gpus, idle?.Gpus));
        return parts.Count == 0
            ? $"needs {Quantity.Asked(asked)} beyond the quota of workspace {workspace.Id}, and other workspaces of group {workspace.Group?.Name} wait for what they have lent"
            : string.Join("; ", parts);
    }

    private static bool IsShort(long asked, long used, long limit, long? idle) => asked > 0 && (used + asked > limit || asked > idle);

    private static string Line(string name, Func<long, string> text, long asked, long used, long quota, long limit, long? idle)
    {
        var line = $"needs {text(asked)} {name}; the workspace uses {text(used)} of its quota of {text(quota)}";
        if (idle is null)
            return line;
        var borrowed = Math.Max(0, used - quota);
        var mayBorrow = limit >= Amounts.UnlimitedCards && text(limit) == "unlimited" ? "without limit" : $"at most {text(limit - quota)}";
        return $"{line}, has borrowed {text(borrowed)} and may borrow {mayBorrow}; its group has {text(Math.Max(0, idle.Value))} idle";
    }
}
