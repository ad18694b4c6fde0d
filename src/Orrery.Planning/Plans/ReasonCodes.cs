namespace Orrery.Planning;

/// <summary>The codes of <see cref="PlanReason"/>.</summary>
public static class ReasonCodes
{
    public const string NoCandidates = "no_candidates";
    public const string TooFewSatellites = "too_few_satellites";
    public const string TooManyStages = "too_many_stages";
    public const string NoCoverage = "no_coverage";
    public const string CoverageTooSmall = "coverage_too_small";
    public const string IslBound = "isl_bound";
    public const string ElementsExpired = "elements_expired";
    public const string NoContact = "no_contact";
    public const string HorizonExceeded = "horizon_exceeded";
    public const string DeadlineExceeded = "deadline_exceeded";
    public const string MemoryExceeded = "memory_exceeded";
    public const string NotEnoughCompute = "not_enough_compute";
    public const string ClassNotSupported = "class_not_supported";
    public const string SearchLimit = "search_limit";
    public const string SourceUnavailable = "source_unavailable";
}
