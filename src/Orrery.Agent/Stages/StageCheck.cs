using Orrery.Contracts.Agents;

namespace Orrery.Agent.Stages;

/// <summary>What makes a stage impossible to execute.</summary>
internal static class StageCheck
{
    private const double LongestStepS = 400 * 86_400.0;

    /// <summary>The first problem in words, or null.</summary>
    public static string? Problem(StageWork work, bool runsPrograms)
    {
        if (work.Program is not null && !runsPrograms)
            return "this agent runs no programs";
        if (work.Program?.Inputs.FirstOrDefault(input => !IsInside(input.Path)) is { } outside)
            return $"the input '{outside.Path}' would leave its folder";
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in work.Steps)
        {
            if (!StepKinds.IsKnown(step.Kind))
                return $"step {step.Id}: this agent cannot execute a step of kind '{step.Kind}'";
            if (step.DurationS is not (>= 0 and <= LongestStepS))
                return $"step {step.Id}: duration_s must be between 0 and {LongestStepS}";
            if (!double.IsFinite(step.Mb))
                return $"step {step.Id}: mb must be a number";
            if (!ids.Add(step.Id))
                return $"step {step.Id}: the id is used twice";
        }

        return null;
    }

    private static bool IsInside(string path) => path.Length > 0 && path.Split('/').All(name => name is not ("" or "." or "..") && !name.Contains('\0'));
}
