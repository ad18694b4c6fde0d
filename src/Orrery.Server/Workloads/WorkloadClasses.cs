using Orrery.Planning;
using Orrery.Server.Errors;

namespace Orrery.Server.Workloads;

/// <summary>The classes of workloads: all can be previewed, all but distributed training run.</summary>
internal static class WorkloadClasses
{
    public const string Single = "single";
    public const string ModelParallel = "model-parallel";
    public const string DataParallel = "data-parallel";
    public const string Spatial = "spatial";
    public const string Federated = "federated";
    public const string SplitLearning = "split-learning";
    public const string DistributedTraining = "distributed-training";

    public static readonly string[] All = [Single, DataParallel, Spatial, Federated, ModelParallel, SplitLearning, DistributedTraining];

    /// <summary>Refuses to submit what can only be previewed.</summary>
    public static void CheckRuns(string name, bool submitting)
    {
        if (submitting && name == DistributedTraining)
        {
            throw new ApiException(
                422, "preview_only",
                "distributed-training is bound by inter-satellite links (gradient all-reduce), so it can be previewed but never runs.");
        }
    }

    /// <summary>Some of its stages may run on the ground, in a workspace.</summary>
    public static bool JoinsOnGround(string name) => name is DataParallel or Spatial or Federated or SplitLearning;

    public static WorkloadClass Planned(string name) => name switch
    {
        DataParallel => WorkloadClass.DataParallel,
        Spatial => WorkloadClass.Spatial,
        Federated => WorkloadClass.Federated,
        ModelParallel => WorkloadClass.ModelParallel,
        SplitLearning => WorkloadClass.SplitLearning,
        DistributedTraining => WorkloadClass.DistributedTraining,
        _ => WorkloadClass.Single,
    };

    /// <summary>As answers write it: <c>model_parallel</c>.</summary>
    public static string Kind(string name) => name.Replace('-', '_');
}
