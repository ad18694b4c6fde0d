using System.Text.Json.Serialization;

namespace Orrery.Planning;

/// <summary>How a workload is divided over the fleet.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<WorkloadClass>))]
public enum WorkloadClass
{
    Single,
    DataParallel,
    Spatial,
    Federated,
    ModelParallel,
    SplitLearning,
    DistributedTraining,
}
