namespace Orrery.Agent.Stages;

/// <summary>Keys of events: the same moment of a stage has the same key in every run, so that a repeat is recognised.</summary>
internal static class EventKeys
{
    public static string Job(string type) => type;

    public static string Step(string stepId, string type) => $"{stepId}/{type}";

    public static string Step(string stepId, string type, int percent) => $"{stepId}/{type}/{percent}";

    /// <summary>A program still runs, said for the n-th time.</summary>
    public static string Running(string stepId, int count) => $"{stepId}/{EventTypes.StepProgress}/running/{count}";

    public static string Checkpoint(string stepId, int? percent) => $"{stepId}/{EventTypes.CheckpointSaved}/{percent}";
}
