namespace Orrery.Cli;

/// <summary>What scripts read from a command's end.</summary>
internal static class ExitCodes
{
    /// <summary>Done; for a watched workload: phase <c>done</c>, or <c>Succeeded</c> on a cluster.</summary>
    public const int Ok = 0;

    /// <summary>The workload failed, timed out, was stopped or canceled; or a call failed for a reason that has no code of its own.</summary>
    public const int WorkloadFailed = 1;

    /// <summary>Wrong usage, or input that the server refuses.</summary>
    public const int BadInput = 2;

    /// <summary>No plan can be made, or the plan or price is not the expected one; or it is more than a workspace can ever have.</summary>
    public const int Infeasible = 3;

    public const int NotFound = 4;

    /// <summary>No key, a wrong key, or not allowed.</summary>
    public const int Unauthorised = 5;

    /// <summary>No server answers there, or it cannot serve now.</summary>
    public const int Unreachable = 6;

    /// <summary>Ctrl-C or SIGTERM.</summary>
    public const int Interrupted = 130;
}
