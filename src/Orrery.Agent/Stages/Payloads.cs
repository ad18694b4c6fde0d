using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orrery.Agent.Programs;
using Orrery.Contracts.Agents;

namespace Orrery.Agent.Stages;

/// <summary>Payloads of events, with the documented members.</summary>
internal static class Payloads
{
    private const string Onboard = "onboard";
    private const string Ground = "ground";

    public static JsonElement Accepted(StageWork work) => Element(new()
    {
        ["preset"] = work.Role,
        ["category"] = work.Steps.Any(step => step.Kind == StepKinds.Compute) ? "compute" : "data-transfer",
        ["steps"] = work.Steps.Count,
        ["stage"] = work.StageIndex,
        ["round"] = work.Round,
        ["attempt"] = work.Attempt,
    });

    public static JsonElement Placement(StepWork step) => Element(new()
    {
        ["location"] = Location(step),
        ["reason"] = "plan_defined",
    });

    public static JsonElement Started(StepWork step) => Element(new()
    {
        ["location"] = Location(step),
        ["planned_duration_s"] = step.DurationS,
    });

    public static JsonElement Progress(int percent) => Element(new() { ["percent"] = percent });

    public static JsonElement Computed(StepWork step) => Element(new()
    {
        ["duration_s"] = step.DurationS,
        ["location"] = Location(step),
        ["data_output_mb"] = step.Mb,
    });

    /// <param name="step">The computing step.</param>
    /// <param name="end">How its program ended, well.</param>
    /// <param name="seconds">How long it ran, wall time.</param>
    public static JsonElement Ran(StepWork step, ProgramEnd end, double seconds) => Element(new()
    {
        ["duration_s"] = Math.Round(seconds, 3),
        ["planned_duration_s"] = step.DurationS,
        ["location"] = Location(step),
        ["data_output_mb"] = end.OutputBytes / 1e6,
        ["program"] = new JsonObject { ["exit_code"] = end.ExitCode, ["outputs"] = end.Outputs },
    });

    public static JsonElement StillRunning(double seconds) => Element(new() { ["running_s"] = Math.Round(seconds, 1) });

    public static JsonElement ProgramFailed(ProgramEnd end) => Element(new()
    {
        ["reason"] = "program_failed",
        ["error"] = end.Problem,
        ["program"] = new JsonObject { ["exit_code"] = end.ExitCode },
    });

    public static JsonElement Moving(StepWork step) => Element(Transfer(step));

    public static JsonElement Moving(StepWork step, int percent)
    {
        var payload = Transfer(step);
        payload["percent"] = percent;
        payload["mb_sent"] = step.Mb * percent / 100;
        return Element(payload);
    }

    public static JsonElement Hop(StepWork step)
    {
        var payload = Transfer(step);
        payload["hop"] = 1;
        payload["hops"] = 1;
        return Element(payload);
    }

    public static JsonElement Moved(StepWork step)
    {
        var payload = Transfer(step);
        payload["duration_s"] = step.DurationS;
        return Element(payload);
    }

    /// <summary>A stage with a program is completed only when that ended well, and says so.</summary>
    public static JsonElement Completed(StageWork work)
    {
        var payload = new JsonObject
        {
            ["steps"] = work.Steps.Count,
            ["duration_s"] = work.Steps.Sum(step => step.DurationS),
            ["data_output_mb"] = work.Steps.LastOrDefault(step => step.Kind == StepKinds.Compute)?.Mb ?? 0,
        };
        if (work.Program is not null)
            payload["program"] = new JsonObject { ["exit_code"] = 0 };
        return Element(payload);
    }

    public static JsonElement Checkpoint(int percent, string hazard, string at) => Element(new()
    {
        ["percent"] = percent,
        ["reason"] = hazard,
        [hazard == HazardKinds.Eclipse ? "eclipse_at" : "anomaly_at"] = at,
    });

    public static JsonElement Stopped() => Element(new() { ["reason"] = "cancelled" });

    public static JsonElement Failed(string problem) => Element(new() { ["reason"] = "unsupported_work", ["error"] = problem });

    private static JsonObject Transfer(StepWork step) => new()
    {
        ["mb"] = step.Mb,
        ["kind"] = step.Kind,
        ["from"] = step.From,
        ["to"] = step.To,
        ["contact"] = step.Contact,
    };

    private static string Location(StepWork step) =>
        step.Kind is StepKinds.Uplink or StepKinds.Terrestrial ? Ground : Onboard;

    private static JsonElement Element(JsonObject payload) => JsonSerializer.SerializeToElement(payload, PayloadJson.Default.JsonObject);
}

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class PayloadJson : JsonSerializerContext;
