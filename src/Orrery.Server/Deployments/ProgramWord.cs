using System.Text.Json;

namespace Orrery.Server.Deployments;

/// <summary>What an agent must say of a real program when it has ended its stage: agents that only replay a script do not know of it.</summary>
internal static class ProgramWord
{
    public const string NotRun = "program_not_run: the agent completed the stage without running its program; run it with `orrery agent run`";

    /// <summary>The payload has <c>program.exit_code</c> 0.</summary>
    public static bool EndedWell(NewEvent posted)
    {
        using var payload = JsonDocument.Parse(posted.Payload);
        return payload.RootElement.TryGetProperty("program", out var program)
            && program.ValueKind == JsonValueKind.Object
            && program.TryGetProperty("exit_code", out var code)
            && code.ValueKind == JsonValueKind.Number
            && code.TryGetInt32(out var value)
            && value == 0;
    }
}
