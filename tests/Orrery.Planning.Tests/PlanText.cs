using System.Text.Json;

namespace Orrery.Planning.Tests;

internal static class PlanText
{
    public static string Of(Plan plan) => JsonSerializer.Serialize(plan, PlanningJson.Default.Plan);
}
