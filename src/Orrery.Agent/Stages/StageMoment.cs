using System.Text.Json;
using Orrery.Contracts.Agents;

namespace Orrery.Agent.Stages;

/// <summary>One event of a stage, and the work that comes before it.</summary>
/// <param name="Key">Identifies the event within its deployment, the same in every run.</param>
/// <param name="Type">The event's type.</param>
/// <param name="StepId">The step that it is about, if any.</param>
/// <param name="Payload">What it tells.</param>
/// <param name="Runs">The step in whose course it happens; null for events of the job as a whole.</param>
/// <param name="Percent">How much of that step's work is done by then, 0 to 100.</param>
/// <param name="Planned">When the plan expects it, mission time.</param>
internal sealed record StageMoment(
    string Key, string Type, string? StepId, JsonElement Payload, StepWork? Runs, int Percent, DateTimeOffset Planned);
