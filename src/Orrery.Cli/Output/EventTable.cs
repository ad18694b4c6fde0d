using Orrery.Contracts.Deployments;

namespace Orrery.Cli.Output;

internal static class EventTable
{
    public static Listing Create(IReadOnlyList<EventView> events)
    {
        var table = Tables.Create(null, ">Seq", "Time", "Event", "?Step", "?Of", "~Details");
        foreach (var happened in events)
        {
            table.Row(
                $"{happened.Seq}", Format.Time(happened.EventTimestamp.ToDateTimeOffset()), happened.Late ? $"{happened.EventType} (late)" : happened.EventType,
                happened.StepId ?? "–", happened.SubjectId, PayloadText.Of(happened.Payload));
        }
        return table;
    }
}
