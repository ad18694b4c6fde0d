using System.ComponentModel.DataAnnotations;

namespace Orrery.Server.Workloads.Programs;

/// <summary>Section <c>Programs</c>: what the program of one stage may take. An agent keeps to it too.</summary>
internal sealed record ProgramOptions
{
    /// <summary>Wall time after which a program is ended.</summary>
    [Range(1, 1_000_000)]
    public long TimeoutS { get; init; } = 3600;

    /// <summary>Cores of one that runs on a cluster: on the ground, or for a simulated satellite.</summary>
    [Required]
    public string Cpu { get; init; } = "1";

    /// <summary>Of stages on a Kubernetes cluster whose workload names none; "": each has to.</summary>
    [MaxLength(WorkloadLimits.LongestImage)]
    public string Image { get; init; } = "";

    /// <summary>10^6 bytes.</summary>
    [Range(16, 10_000_000)]
    public long MemoryMb { get; init; } = 2000;

    /// <summary>All its outputs together, 10^6 bytes.</summary>
    [Range(1, 1_000_000)]
    public long OutputMb { get; init; } = 1000;
}
